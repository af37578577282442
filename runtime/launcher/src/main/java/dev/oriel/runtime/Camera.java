package dev.oriel.runtime;

import dev.oriel.api.camera.CameraOptions;
import dev.oriel.api.camera.CameraOptions.Audio;
import dev.oriel.api.camera.CameraOptions.Running;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.camera.StreamName;
import dev.oriel.api.camera.Trust;

/**
 * A camera named on the command line or in an imported file.
 *
 * @param name what viewers ask for
 * @param url where it is, as the user wrote it; it may hold a password, and is kept out of {@link #toString()}
 * @param running when it is open
 * @param audio what happens to its sound
 * @param trust whom an encrypted connection to it may be made with
 */
record Camera(StreamName name, String url, Running running, Audio audio, Trust trust) {

    /** Checks the URL, without keeping its parts: the bundle that opens cameras reads it again. */
    Camera {
        SourceLocation.parse(url);
    }

    /** A camera with nothing said but where it is. */
    static Camera at(StreamName name, String url) {
        CameraOptions usual = CameraOptions.DEFAULT;
        return new Camera(name, url, usual.running(), usual.audio(), usual.trust());
    }

    @Override
    public String toString() {
        return name + "=" + SourceLocation.parse(url);
    }
}
