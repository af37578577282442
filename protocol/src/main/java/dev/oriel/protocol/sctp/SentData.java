package dev.oriel.protocol.sctp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.IntPredicate;

/** What we have said on channels, until the other side says that it has arrived; little, and bounded. */
final class SentData {

    private static final int MAX_WAITING = 64;

    private final Map<Integer, Integer> nextSsns = new HashMap<>();
    private final List<Data> waiting = new ArrayList<>();
    private final RetransmissionTimer timer = new RetransmissionTimer();
    private int nextTsn;
    /** How many of those that wait, the first ones, have been sent since the timer was last due. */
    private int sent;

    SentData(int firstTsn) {
        nextTsn = firstTsn;
    }

    /** The last number given to anything. */
    int lastTsn() {
        return nextTsn - 1;
    }

    /** Puts a message in line; false if there are too many that are not acknowledged. */
    boolean add(int stream, int ppid, byte[] message) {
        if (waiting.size() >= MAX_WAITING) {
            return false;
        }
        int ssn = nextSsns.merge(stream, 1, Integer::sum) - 1;
        waiting.add(new Data(Data.FIRST | Data.LAST, nextTsn++, stream, ssn & 0xffff, ppid, message));
        return true;
    }

    /** A stream starts anew after it was reset. */
    void forget(int stream) {
        nextSsns.remove(stream);
    }

    /** Writes what has not been sent, as far as there is room. */
    void write(long nowNanos, PacketWriter packet) {
        while (sent < waiting.size()
                && packet.add(
                        Chunk.DATA, waiting.get(sent).flags(), waiting.get(sent).write())) {
            sent++;
        }
        if (!waiting.isEmpty() && !timer.isRunning()) {
            timer.start(nowNanos);
        }
    }

    boolean hasUnsent() {
        return sent < waiting.size();
    }

    /** Takes a SACK chunk; one that acknowledges what was never sent changes nothing. */
    void acknowledged(long nowNanos, ByteBuffer sack) {
        if (sack.remaining() < 12) {
            return;
        }
        int cumulative = sack.getInt(0);
        if (cumulative - lastTsn() > 0) {
            return;
        }
        int before = waiting.size();
        drop(tsn -> tsn - cumulative <= 0);
        int gaps = Short.toUnsignedInt(sack.getShort(8));
        for (int i = 0, at = 12; i < gaps && at + 4 <= sack.remaining(); i++, at += 4) {
            int from = cumulative + Short.toUnsignedInt(sack.getShort(at));
            int to = cumulative + Short.toUnsignedInt(sack.getShort(at + 2));
            drop(tsn -> tsn - from >= 0 && tsn - to <= 0);
        }
        if (waiting.isEmpty()) {
            timer.stop();
        } else if (waiting.size() < before) {
            timer.start(nowNanos);
        }
    }

    private void drop(IntPredicate arrived) {
        int index = 0;
        for (Iterator<Data> each = waiting.iterator(); each.hasNext(); ) {
            if (arrived.test(each.next().tsn())) {
                each.remove();
                sent -= index < sent ? 1 : 0;
            } else {
                index++;
            }
        }
    }

    OptionalLong deadlineNanos() {
        return timer.due();
    }

    /** If it is time, everything is to be sent again; false if it has been in vain too often. */
    boolean wake(long nowNanos) {
        if (timer.isDue(nowNanos)) {
            sent = 0;
            return timer.again(nowNanos);
        }
        return true;
    }
}
