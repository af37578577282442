package dev.oriel.api.failure;

/** The settings of this system forbid what was asked for. */
public final class NotAllowed extends RelayException {

    private static final long serialVersionUID = 1L;

    /** @param sentence what is forbidden, and by which setting */
    public NotAllowed(String sentence) {
        super(sentence);
    }
}
