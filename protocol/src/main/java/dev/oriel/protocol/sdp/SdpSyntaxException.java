package dev.oriel.protocol.sdp;

/** A session description that cannot be read at all; says which line, and what was expected there. */
public final class SdpSyntaxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int line;

    SdpSyntaxException(int line, String expected) {
        super("Line " + line + " of the session description: expected " + expected + ".");
        this.line = line;
    }

    /** The line, counted from 1. */
    public int line() {
        return line;
    }
}
