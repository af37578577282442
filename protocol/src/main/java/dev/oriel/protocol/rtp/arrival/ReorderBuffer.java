package dev.oriel.protocol.rtp.arrival;

import dev.oriel.protocol.rtp.SequenceTracker;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Puts the datagrams of one source back into order, as long as that costs little time: a packet that is ahead waits until
 * those before it have come, but no longer than {@link #MAX_WAIT_NANOS}, and never more than {@link #MAX_PACKETS} wait.
 *
 * <p>What is late, doubled or of a source that has begun anew is passed on at once: {@link SequenceTracker} judges it. So
 * nothing is lost here that had come in time. Confined to one thread; packets are told within the calls.
 */
public final class ReorderBuffer {

    /** How many numbers ahead of the awaited one a packet may be: 64. */
    public static final int MAX_PACKETS = 64;

    /** How long a packet waits for those before it. */
    public static final long MAX_WAIT_NANOS = 150_000_000L;

    /** How many late packets in a row are believed to be late. */
    private static final int MAX_LATE_RUN = 32;

    /** Takes packets in order. */
    public interface Output {

        /** A packet as it was given to {@link #receive}, with the time it was given at. */
        void rtp(long arrivedNanos, byte[] bytes, int offset, int length);
    }

    private static final byte[] NOTHING = new byte[0];

    private final Output output;
    private final byte[][] packets = new byte[MAX_PACKETS][];
    private final int[] offsets = new int[MAX_PACKETS];
    private final int[] lengths = new int[MAX_PACKETS];
    private final long[] arrivals = new long[MAX_PACKETS];

    private boolean started;
    private int source;
    private int next;
    private int waiting;
    private int lateRun;
    private long deadline;

    public ReorderBuffer(Output output) {
        this.output = output;
        Arrays.fill(packets, NOTHING);
    }

    /**
     * Takes a packet.
     *
     * @param bytes never change again from {@code offset} on, {@code length} of them
     */
    public void receive(long nowNanos, int sequenceNumber, int ssrc, byte[] bytes, int offset, int length) {
        int ahead = SequenceTracker.distance(sequenceNumber, next);
        boolean anew = !started || ssrc != source || ahead < 0 && lateRun >= MAX_LATE_RUN;
        if (anew || ahead >= 2 * MAX_PACKETS) {
            release(waiting);
            started = true;
            source = ssrc;
            next = sequenceNumber;
            ahead = 0;
        }
        if (ahead < 0) {
            lateRun++;
            output.rtp(nowNanos, bytes, offset, length);
            return;
        }
        lateRun = 0;
        while (ahead >= MAX_PACKETS) {
            step();
            ahead--;
        }
        int slot = sequenceNumber % MAX_PACKETS;
        if (ahead > 0 && isTaken(slot)) {
            // The same once more.
            return;
        }
        if (ahead == 0) {
            next = sequenceNumber + 1 & 0xffff;
            output.rtp(nowNanos, bytes, offset, length);
        } else {
            packets[slot] = bytes;
            offsets[slot] = offset;
            lengths[slot] = length;
            arrivals[slot] = nowNanos;
            waiting++;
        }
        drain();
    }

    /** Time has passed: what has waited long enough goes on without those that are missing. */
    public void wake(long nowNanos) {
        while (waiting > 0 && nowNanos - deadline >= 0) {
            release(1);
            drain();
        }
    }

    /** When {@link #wake} wants to be called; absent while nothing waits. */
    public OptionalLong deadlineNanos() {
        return waiting == 0 ? OptionalLong.empty() : OptionalLong.of(deadline);
    }

    /** Lets packets go until {@code count} more have gone, over the numbers that are missing. */
    private void release(int count) {
        int rest = waiting - count;
        while (waiting > rest) {
            step();
        }
    }

    private void drain() {
        while (waiting > 0 && isTaken(next % MAX_PACKETS)) {
            step();
        }
        long earliest = 0;
        boolean any = false;
        for (int slot = 0; slot < MAX_PACKETS && waiting > 0; slot++) {
            if (isTaken(slot) && (!any || arrivals[slot] - earliest < 0)) {
                earliest = arrivals[slot];
                any = true;
            }
        }
        deadline = earliest + MAX_WAIT_NANOS;
    }

    /** Goes on by one number, with its packet if it is there. */
    private void step() {
        int slot = next % MAX_PACKETS;
        next = next + 1 & 0xffff;
        if (isTaken(slot)) {
            byte[] bytes = packets[slot];
            packets[slot] = NOTHING;
            waiting--;
            output.rtp(arrivals[slot], bytes, offsets[slot], lengths[slot]);
        }
    }

    private boolean isTaken(int slot) {
        return packets[slot].length > 0;
    }
}
