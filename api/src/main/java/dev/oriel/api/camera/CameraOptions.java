package dev.oriel.api.camera;

import java.time.Duration;

/**
 * How a camera is run.
 *
 * @param running whether the camera is open only while somebody watches
 * @param audio whether its sound is taken
 * @param linger how long the camera stays open after its last viewer, 0 to 1 hour; without meaning when always on
 */
public record CameraOptions(Running running, Audio audio, Duration linger) {

    /** When a camera is open. */
    public enum Running {
        /** From the first viewer until {@link CameraOptions#linger()} after the last. */
        ON_DEMAND,
        /** As long as it is known. */
        ALWAYS
    }

    /** What happens to a camera's sound. */
    public enum Audio {
        /** It is passed on. */
        TAKEN,
        /** It is not asked for. */
        IGNORED
    }

    /** On demand, with sound, open for ten seconds after the last viewer. */
    public static final CameraOptions DEFAULT =
            new CameraOptions(Running.ON_DEMAND, Audio.TAKEN, Duration.ofSeconds(10));

    /** @throws IllegalArgumentException if {@code linger} is out of range */
    public CameraOptions {
        if (linger.isNegative() || linger.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("linger lies between 0 s and 1 h, and is " + linger);
        }
    }
}
