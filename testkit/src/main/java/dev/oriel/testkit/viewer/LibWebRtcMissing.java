package dev.oriel.testkit.viewer;

/** The native libwebrtc cannot be loaded on this machine; the message names the libraries it misses. */
public final class LibWebRtcMissing extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    LibWebRtcMissing(String message, Throwable cause) {
        super(message, cause);
    }
}
