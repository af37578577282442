package dev.oriel.protocol.stun;

import java.util.Optional;

/** What a message is about (RFC 8489 section 18.2, RFC 8656 section 17). */
public enum StunMethod {
    BINDING(0x001),
    ALLOCATE(0x003),
    REFRESH(0x004),
    SEND(0x006),
    DATA(0x007),
    CREATE_PERMISSION(0x008),
    CHANNEL_BIND(0x009);

    /** The two bits of the class are among those of the method. */
    private static final int CLASS_BITS = 0x0110;

    private final int code;

    StunMethod(int code) {
        this.code = code;
    }

    int messageType(StunType type) {
        return type.code() & CLASS_BITS | code;
    }

    static Optional<StunMethod> of(int messageType) {
        for (StunMethod method : values()) {
            if (method.code == (messageType & ~CLASS_BITS)) {
                return Optional.of(method);
            }
        }
        return Optional.empty();
    }

    static StunType typeOf(int messageType) {
        for (StunType type : StunType.values()) {
            if ((type.code() & CLASS_BITS) == (messageType & CLASS_BITS)) {
                return type;
            }
        }
        throw new IllegalStateException("Two bits have four values");
    }
}
