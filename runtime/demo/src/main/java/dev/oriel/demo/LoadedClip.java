package dev.oriel.demo;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The clip, read when the first client comes: a system that shows other cameras only never holds it. */
final class LoadedClip {

    static final Clip CLIP = load();

    private LoadedClip() {}

    private static Clip load() {
        try {
            return Clip.load();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
