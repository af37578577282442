package dev.oriel.protocol.stun;

import java.util.Optional;

/** The messages of the binding method (RFC 8489 section 3), the only ones ICE uses. */
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

    static Optional<StunType> of(int code) {
        for (StunType type : values()) {
            if (type.code == code) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
