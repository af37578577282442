package dev.oriel.protocol.sctp;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A message on a stream, or a part of one (RFC 9260 section 3.3.1).
 *
 * @param flags as in the chunk
 * @param ssn the message's number within its stream
 * @param ppid what kind of message it is (RFC 8831 section 8)
 */
record Data(int flags, int tsn, int stream, int ssn, int ppid, byte[] payload) {

    /** The kind of message that opens channels. */
    static final int CONTROL = 50;

    static final int LAST = 1;
    static final int FIRST = 2;
    private static final int AT_ONCE = 8;
    private static final int HEADER_BYTES = 12;

    /** Reads a DATA chunk; empty if it has no content. */
    static Optional<Data> read(Chunk chunk) {
        ByteBuffer in = chunk.value().duplicate();
        if (in.remaining() <= HEADER_BYTES) {
            return Optional.empty();
        }
        int tsn = in.getInt();
        int stream = Short.toUnsignedInt(in.getShort());
        int ssn = Short.toUnsignedInt(in.getShort());
        int ppid = in.getInt();
        // What is no control message is dropped and need not be copied.
        byte[] payload = new byte[ppid == CONTROL ? in.remaining() : 0];
        in.get(payload);
        return Optional.of(new Data(chunk.flags(), tsn, stream, ssn, ppid, payload));
    }

    byte[] write() {
        return ByteBuffer.allocate(HEADER_BYTES + payload.length)
                .putInt(tsn)
                .putShort((short) stream)
                .putShort((short) ssn)
                .putInt(ppid)
                .put(payload)
                .array();
    }

    boolean isFirst() {
        return (flags & FIRST) != 0;
    }

    boolean isLast() {
        return (flags & LAST) != 0;
    }

    /** Whether the sender wants to be told at once that it has arrived (RFC 7053). */
    boolean isAcknowledgedAtOnce() {
        return (flags & AT_ONCE) != 0;
    }
}
