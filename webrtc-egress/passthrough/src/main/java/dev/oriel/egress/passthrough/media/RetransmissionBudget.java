package dev.oriel.egress.passthrough.media;

/**
 * How much a viewer may have sent again: a number of packets at once, and so many a second in the long run. Without it a viewer,
 * or who speaks for one, would turn a few requests into a flood. Confined to one thread.
 */
final class RetransmissionBudget {

    /** A burst's loss: a tenth of a group of ten seconds at 4 Mbit/s. */
    private static final int MOST = 512;

    private static final long NANOS_PER_PACKET = 1_000_000L;

    private int left = MOST;
    private long grownNanos;

    /** A full budget. */
    RetransmissionBudget(long nowNanos) {
        grownNanos = nowNanos;
    }

    /** Takes one packet from it; false if there is none left. */
    boolean take(long nowNanos) {
        long grown = Math.max(0, (nowNanos - grownNanos) / NANOS_PER_PACKET);
        left = (int) Math.min(MOST, left + grown);
        grownNanos += grown * NANOS_PER_PACKET;
        if (left == 0) {
            return false;
        }
        left--;
        return true;
    }
}
