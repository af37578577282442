package dev.oriel.protocol.sctp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Which of the other side's sequence numbers have arrived, and what to tell it about them (RFC 9260 section 6.2). */
final class ReceivedTsns {

    /** How much is dropped unread at most while something before it is missing; all else is dropped anyway. */
    private static final int WINDOW_BYTES = 128 * 1024;

    private static final int MAX_AHEAD = 1024;
    private static final int MAX_GAP_BLOCKS = 32;
    private static final int MAX_DUPLICATES = 16;

    /** Up to this all have arrived. */
    private int cumulative;
    /** Bit 0 is the number after the cumulative one. */
    private BitSet beyond = new BitSet();

    private final List<Integer> duplicates = new ArrayList<>();

    ReceivedTsns(int first) {
        cumulative = first - 1;
    }

    int cumulative() {
        return cumulative;
    }

    /** Whether something is missing before something that has arrived. */
    boolean hasGaps() {
        return !beyond.isEmpty();
    }

    /** Takes a number; false if it has come before, or is so far ahead that it has to come again. */
    boolean add(int tsn) {
        int ahead = tsn - cumulative - 1;
        if (ahead < 0 || ahead < MAX_AHEAD && beyond.get(ahead)) {
            if (duplicates.size() < MAX_DUPLICATES) {
                duplicates.add(tsn);
            }
            return false;
        }
        if (ahead >= MAX_AHEAD) {
            return false;
        }
        beyond.set(ahead);
        advance();
        return true;
    }

    /** What has not come up to this will not come any more (RFC 3758). */
    void skipTo(int tsn) {
        int ahead = tsn - cumulative;
        if (ahead > 0) {
            beyond = ahead < beyond.length() ? beyond.get(ahead, beyond.length()) : new BitSet();
            cumulative = tsn;
            advance();
        }
    }

    private void advance() {
        int filled = beyond.nextClearBit(0);
        if (filled > 0) {
            cumulative += filled;
            beyond = beyond.get(filled, Math.max(filled, beyond.length()));
        }
    }

    /** The value of a SACK chunk; duplicates are told once. */
    byte[] acknowledgement() {
        List<int[]> gaps = new ArrayList<>();
        for (int from = beyond.nextSetBit(0); from >= 0 && gaps.size() < MAX_GAP_BLOCKS; ) {
            int to = beyond.nextClearBit(from);
            gaps.add(new int[] {from + 1, to});
            from = beyond.nextSetBit(to);
        }
        ByteBuffer value = ByteBuffer.allocate(12 + 4 * gaps.size() + 4 * duplicates.size())
                .putInt(cumulative)
                .putInt(WINDOW_BYTES)
                .putShort((short) gaps.size())
                .putShort((short) duplicates.size());
        gaps.forEach(gap -> value.putShort((short) gap[0]).putShort((short) gap[1]));
        duplicates.forEach(value::putInt);
        duplicates.clear();
        return value.array();
    }

    static int windowBytes() {
        return WINDOW_BYTES;
    }
}
