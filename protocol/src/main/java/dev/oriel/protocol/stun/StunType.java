package dev.oriel.protocol.stun;

/** The classes of messages (RFC 8489 section 5), each with the number it has in the binding method. */
public enum StunType {
    REQUEST(0x0001),
    INDICATION(0x0011),
    SUCCESS(0x0101),
    ERROR(0x0111);

    private final int code;

    StunType(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
