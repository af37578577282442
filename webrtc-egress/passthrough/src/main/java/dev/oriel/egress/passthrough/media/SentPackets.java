package dev.oriel.egress.passthrough.media;

import dev.oriel.api.media.RtpPacket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What one viewer was sent last of one track, so that it can be sent again exactly as it was. Confined to one thread.
 *
 * <p>Live packets lie in the history all viewers share; the viewer's own are only the few runs in which its numbers and
 * timestamps differ from theirs by the same amounts. What is not there, as most of a replay, is kept here for a while.
 */
final class SentPackets {

    private static final int MAX_RUNS = 64;

    private final int mostOwn;
    private final Deque<Run> runs = new ArrayDeque<>(2);
    private @Nullable SharedPackets shared;
    private @Nullable PacketHistory own;
    private @Nullable Run last;
    private long newest = -1;

    /** Packets in a row, in the viewer's numbers and in the shared ones. */
    private static final class Run {
        private final long index;
        private final long position;
        private final int ticksAhead;
        private long length = 1;

        Run(long index, long position, int ticksAhead) {
            this.index = index;
            this.position = position;
            this.ticksAhead = ticksAhead;
        }

        boolean holds(long asked) {
            return asked >= index && asked - index < length;
        }
    }

    /** @param mostOwn how many packets are kept here at most: a power of two, 64 or more */
    SentPackets(int mostOwn) {
        this.mostOwn = mostOwn;
    }

    /** What is sent from now on lies there. */
    void lieIn(SharedPackets packets) {
        if (shared != packets) {
            shared = packets;
            runs.clear();
            last = null;
        }
    }

    /** Keeps a packet with the timestamp it was sent under; indexes only grow. */
    void add(long index, int timestamp, RtpPacket packet) {
        newest = index;
        long position = shared == null ? SharedPackets.NONE : shared.position(packet);
        if (position == SharedPackets.NONE) {
            PacketHistory keeping = own;
            if (keeping == null) {
                keeping = new PacketHistory(mostOwn);
                own = keeping;
            }
            keeping.add(index, timestamp, packet);
            return;
        }
        int ticksAhead = timestamp - packet.timestamp();
        Run run = last;
        if (run != null
                && run.ticksAhead == ticksAhead
                && index - run.index == run.length
                && position - run.position == run.length) {
            run.length++;
            return;
        }
        if (runs.size() == MAX_RUNS) {
            runs.removeFirst();
        }
        run = new Run(index, position, ticksAhead);
        runs.addLast(run);
        last = run;
    }

    /** The index a sequence number asked for stands for; absent if it is not kept. */
    OptionalLong find(int sequenceNumber) {
        long index = newest - ((int) newest - sequenceNumber & 0xffff);
        return packet(index) == null ? OptionalLong.empty() : OptionalLong.of(index);
    }

    /** The packet sent under an index; null if it is not kept. */
    @Nullable
    RtpPacket packet(long index) {
        RtpPacket kept = own == null ? null : own.packet(index);
        Run run = kept == null ? run(index) : null;
        return run == null || shared == null ? kept : shared.at(run.position + index - run.index);
    }

    /** The timestamp under which a packet that is kept was sent. */
    int timestamp(long index, RtpPacket packet) {
        if (own != null && own.packet(index) != null) {
            return own.timestamp(index);
        }
        Run run = run(index);
        return run == null ? 0 : packet.timestamp() + run.ticksAhead;
    }

    /** To be called each second: forgets what was kept here already when it was called the last time. */
    void age() {
        PacketHistory keeping = own;
        if (keeping != null) {
            keeping.age();
            own = keeping.isEmpty() ? null : keeping;
        }
        while (runs.size() > 1 && isForgotten(runs.getFirst())) {
            runs.removeFirst();
        }
    }

    private boolean isForgotten(Run run) {
        return shared == null || shared.at(run.position + run.length - 1) == null;
    }

    private @Nullable Run run(long index) {
        for (Run run : runs) {
            if (run.holds(index)) {
                return run;
            }
        }
        return null;
    }
}
