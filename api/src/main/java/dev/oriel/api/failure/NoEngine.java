package dev.oriel.api.failure;

/** A part of this system that would be needed is not there, or has no room left. */
public final class NoEngine extends RelayException {

    private static final long serialVersionUID = 1L;

    /** @param sentence which part, and what for */
    public NoEngine(String sentence) {
        super(sentence);
    }
}
