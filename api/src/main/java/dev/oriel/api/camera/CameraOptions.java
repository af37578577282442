package dev.oriel.api.camera;

import java.time.Duration;

/**
 * How a camera is run.
 *
 * @param running whether the camera is open only while somebody watches
 * @param audio whether its sound is taken
 * @param linger how long the camera stays open after its last viewer, 0 to 1 hour; without meaning when always on
 * @param transport how its media comes
 * @param login which ways of proving who we are may be used
 * @param trust whom an encrypted connection may be made with; without meaning for others
 */
public record CameraOptions(
        Running running, Audio audio, Duration linger, Transport transport, Login login, Trust trust) {

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

    /** How media comes from a camera (RFC 2326 section 12.39). */
    public enum Transport {
        /** Over TCP, and over UDP where the camera wants it so or sends nothing over TCP. */
        AUTO,
        /** On the RTSP connection. */
        TCP,
        /** In datagrams to us. */
        UDP,
        /** In datagrams to a group that we join. */
        MULTICAST
    }

    /** How we may log in at a camera (RFC 7616, RFC 7617). */
    public enum Login {
        /** The strongest way the camera offers. */
        ANY,
        /** As {@link #ANY}, but never with the password in the clear. */
        NO_BASIC
    }

    /** On demand, with sound, open for ten seconds after the last viewer; all else as the camera wants it. */
    public static final CameraOptions DEFAULT = new CameraOptions(
            Running.ON_DEMAND, Audio.TAKEN, Duration.ofSeconds(10), Transport.AUTO, Login.ANY, Trust.AUTHORITIES);

    /** @throws IllegalArgumentException if {@code linger} is out of range */
    public CameraOptions {
        if (linger.isNegative() || linger.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("linger lies between 0 s and 1 h, and is " + linger);
        }
    }

    /** The same, run like this. */
    public CameraOptions with(Running other) {
        return new CameraOptions(other, audio, linger, transport, login, trust);
    }

    /** The same, with or without sound. */
    public CameraOptions with(Audio other) {
        return new CameraOptions(running, other, linger, transport, login, trust);
    }

    /**
     * The same, staying open for so long.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    public CameraOptions withLinger(Duration other) {
        return new CameraOptions(running, audio, other, transport, login, trust);
    }

    /** The same, with media coming like this. */
    public CameraOptions with(Transport other) {
        return new CameraOptions(running, audio, linger, other, login, trust);
    }

    /** The same, logging in like this. */
    public CameraOptions with(Login other) {
        return new CameraOptions(running, audio, linger, transport, other, trust);
    }

    /** The same, trusting like this. */
    public CameraOptions with(Trust other) {
        return new CameraOptions(running, audio, linger, transport, login, other);
    }
}
