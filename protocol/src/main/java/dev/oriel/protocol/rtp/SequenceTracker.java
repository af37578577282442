package dev.oriel.protocol.rtp;

/** The sequence numbers of one source as they arrive: in order, after a loss, or late. Confined to one thread. */
public final class SequenceTracker {

    /** How a packet stands to those before it. */
    public enum Arrival {
        /** The next one, or the very first. */
        NEXT,
        /** Packets are missing before it, or the source has begun anew. */
        AFTER_GAP,
        /** Seen already, or too late to be of use. */
        OLD
    }

    /** How far behind a packet may be to count as late; further, the source has begun anew. */
    private static final int MAX_LATENESS = 1000;

    /** How many late packets in a row are believed to be late. */
    private static final int MAX_OLD_RUN = 32;

    private boolean started;
    private int source;
    private int last;
    private int oldRun;
    private long lost;

    /** How far {@code a} is after {@code b} on the ring of 65,536 numbers: -32768 to 32767. */
    public static int distance(int a, int b) {
        return (short) (a - b);
    }

    /** Takes the number of a packet that has arrived. */
    public Arrival arrived(int sequenceNumber, int ssrc) {
        int step = distance(sequenceNumber, last);
        boolean begins = !started || ssrc != source;
        if (!begins && step <= 0 && step > -MAX_LATENESS && oldRun < MAX_OLD_RUN) {
            oldRun++;
            return Arrival.OLD;
        }
        boolean next = !started || !begins && step == 1;
        lost += !begins && step > 1 ? step - 1 : 0;
        started = true;
        source = ssrc;
        last = sequenceNumber;
        oldRun = 0;
        return next ? Arrival.NEXT : Arrival.AFTER_GAP;
    }

    /** How many packets never came. */
    public long lost() {
        return lost;
    }
}
