package dev.oriel.protocol.sctp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The channels of an association that are open, and what opens them (RFC 8832); bounded. */
final class Channels {

    static final int MAX_CHANNELS = 64;

    /** What to do about a control message. */
    enum Reply {
        ACKNOWLEDGE,
        RESET,
        NOTHING
    }

    private static final int OPEN = 3;
    private static final int ACK = 2;
    private static final int OPEN_BYTES = 12;

    private final Set<Integer> open = new TreeSet<>();

    /** Takes a control message of a channel. */
    Reply receive(int stream, byte[] message) {
        if (message[0] != OPEN) {
            return Reply.NOTHING;
        }
        ByteBuffer in = ByteBuffer.wrap(message);
        if (message.length < OPEN_BYTES
                || OPEN_BYTES + Short.toUnsignedInt(in.getShort(8)) + Short.toUnsignedInt(in.getShort(10))
                        != message.length) {
            return Reply.RESET;
        }
        if (open.size() >= MAX_CHANNELS && !open.contains(stream)) {
            return Reply.RESET;
        }
        open.add(stream);
        return Reply.ACKNOWLEDGE;
    }

    /** Closes those the other side has closed; all if none is named. Those that were open, or might have been. */
    List<Integer> close(List<Integer> named) {
        if (named.isEmpty()) {
            return closeAll();
        }
        List<Integer> closed = new ArrayList<>(named);
        closed.remove((Integer) StreamResets.NONE);
        open.removeAll(closed);
        return closed;
    }

    List<Integer> closeAll() {
        List<Integer> closed = List.copyOf(open);
        open.clear();
        return closed;
    }

    int size() {
        return open.size();
    }

    static byte[] acknowledgement() {
        return new byte[] {ACK};
    }
}
