package dev.oriel.api.failure;

/** The camera answers, but in a way that cannot be used: no media, a broken description, a protocol error. */
public final class CameraUnsupported extends RelayException {

    private static final long serialVersionUID = 1L;

    /** @param sentence what it does that cannot be used */
    public CameraUnsupported(String sentence) {
        super(sentence);
    }
}
