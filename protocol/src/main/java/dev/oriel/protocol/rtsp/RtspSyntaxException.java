package dev.oriel.protocol.rtsp;

/** Bytes that are no RTSP and cannot be passed over; says where they are, and what was expected there. */
public final class RtspSyntaxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long position;
    private final String expected;

    RtspSyntaxException(long position, String expected) {
        super("Byte " + position + " of the connection: expected " + expected + ".");
        this.position = position;
        this.expected = expected;
    }

    /** The offset of the message at fault, counted from 0 over everything received. */
    public long position() {
        return position;
    }

    /** What would have been right there. */
    public String expected() {
        return expected;
    }
}
