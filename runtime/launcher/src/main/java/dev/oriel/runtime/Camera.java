package dev.oriel.runtime;

import dev.oriel.api.camera.CameraOptions;
import dev.oriel.api.camera.CameraOptions.Audio;
import dev.oriel.api.camera.CameraOptions.Running;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.camera.StreamName;

/**
 * A camera named on the command line or in an imported file.
 *
 * @param name what viewers ask for
 * @param url where it is, as the user wrote it; it may hold a password, and is kept out of {@link #toString()}
 * @param running when it is open
 * @param audio what happens to its sound
 */
record Camera(StreamName name, String url, Running running, Audio audio) {

    /** Checks the URL, without keeping its parts: the bundle that opens cameras reads it again. */
    Camera {
        SourceLocation.parse(url);
    }

    /** A camera with nothing said but where it is. */
    static Camera at(StreamName name, String url) {
        return new Camera(name, url, CameraOptions.DEFAULT.running(), CameraOptions.DEFAULT.audio());
    }

    @Override
    public String toString() {
        return name + "=" + SourceLocation.parse(url);
    }
}
