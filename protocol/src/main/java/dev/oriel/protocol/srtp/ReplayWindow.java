package dev.oriel.protocol.srtp;

/** Which of the last 64 packets have been seen (RFC 3711 section 3.3.2). */
final class ReplayWindow {

    private static final int SIZE = 64;

    private long highest = -1;
    private long seen;

    /** Whether a packet is new, and not too old to tell. */
    boolean isNew(long index) {
        long age = highest - index;
        return age < 0 || age < SIZE && (seen >>> age & 1) == 0;
    }

    /** Notes a packet that proved genuine. */
    void note(long index) {
        long ahead = index - highest;
        if (ahead > 0) {
            seen = (ahead >= SIZE ? 0 : seen << ahead) | 1;
            highest = index;
        } else {
            seen |= 1L << -ahead;
        }
    }

    /** The highest index noted; -1 before the first. */
    long highest() {
        return highest;
    }
}
