package dev.oriel.protocol.webrtc;

import dev.oriel.protocol.sdp.Attributes;

/** Who sends in a media section, as the one who wrote it sees it (RFC 8866 section 6.7). */
enum Direction {
    SENDRECV,
    SENDONLY,
    RECVONLY,
    INACTIVE;

    static Direction of(Attributes section, Attributes session) {
        for (Attributes lines : new Attributes[] {section, session}) {
            for (Direction direction : values()) {
                if (lines.has(direction.attribute())) {
                    return direction;
                }
            }
        }
        return SENDRECV;
    }

    boolean receives() {
        return this == SENDRECV || this == RECVONLY;
    }

    String attribute() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
