package dev.oriel.protocol.sctp;

import java.nio.ByteBuffer;

/**
 * One chunk of a packet (RFC 9260 section 3.2).
 *
 * @param type 0 to 255
 * @param flags 0 to 255
 * @param value what follows its header, without padding; read-only, from position 0
 */
record Chunk(int type, int flags, ByteBuffer value) {

    static final int HEADER_BYTES = 4;

    static final int DATA = 0;
    static final int INIT = 1;
    static final int INIT_ACK = 2;
    static final int SACK = 3;
    static final int HEARTBEAT = 4;
    static final int HEARTBEAT_ACK = 5;
    static final int ABORT = 6;
    static final int SHUTDOWN = 7;
    static final int SHUTDOWN_ACK = 8;
    static final int ERROR = 9;
    static final int COOKIE_ECHO = 10;
    static final int COOKIE_ACK = 11;
    static final int SHUTDOWN_COMPLETE = 14;
    static final int RE_CONFIG = 130;
    static final int FORWARD_TSN = 192;

    /** In ABORT and SHUTDOWN COMPLETE: the sender knows no association, and repeats the tag it was sent. */
    static final int FLAG_REFLECTED_TAG = 1;

    /** Whether the rest of the packet is still to be read if this type is unknown. */
    boolean isSkippedWhenUnknown() {
        return (type & 0x80) != 0;
    }

    /** Whether the sender is to be told if this type is unknown. */
    boolean isReportedWhenUnknown() {
        return (type & 0x40) != 0;
    }

    boolean reflectsTag() {
        return (flags & FLAG_REFLECTED_TAG) != 0;
    }

    byte[] bytes() {
        byte[] bytes = new byte[value.remaining()];
        value.get(value.position(), bytes);
        return bytes;
    }
}
