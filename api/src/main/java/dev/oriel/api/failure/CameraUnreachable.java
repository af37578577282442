package dev.oriel.api.failure;

/** The camera does not answer: no such host, port closed, no reply in time, connection lost. */
public final class CameraUnreachable extends RelayException {

    private static final long serialVersionUID = 1L;

    /** @param sentence what was tried and what happened */
    public CameraUnreachable(String sentence) {
        super(sentence);
    }
}
