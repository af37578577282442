package dev.oriel.protocol.ice;

import dev.oriel.api.media.Bytes;
import java.util.Optional;

/** One path and what is known about it (RFC 8445 section 6.1.2). */
final class CandidatePair {

    enum State {
        WAITING,
        IN_PROGRESS,
        SUCCEEDED,
        FAILED
    }

    /** A viewer that goes on choosing a pair says so more often than that; libwebrtc every 2.5 s. */
    private static final long REPEAT_NANOS = 3_000_000_000L;

    final Path path;
    final long priority;
    State state = State.WAITING;

    /** A signed message came over this path; the last one at {@link #lastHeardNanos}. */
    boolean heard;

    long lastHeardNanos;

    /** When an own check was answered for the last time; at first, when something was heard for the first time. */
    long lastAnsweredNanos;

    /** Of all times that the viewer chose a pair, how manieth the last one of this pair was; 0 for never. */
    long nomination;

    long nominatedNanos;

    /** The viewer's last request here had USE-CANDIDATE. */
    boolean flagged;

    /** This side has chosen the pair and says so in its checks; only in the controlling role. */
    boolean nominating;

    Optional<Bytes> transaction = Optional.empty();
    int sends;
    long sentNanos;
    long resendNanos;

    CandidatePair(Path path, long priority) {
        this.path = path;
        this.priority = priority;
    }

    /**
     * Whether the viewer, having chosen both, means this one. Some viewers choose every pair that works, and mean the best of
     * them (RFC 5245 section 8.1.1.2); some choose once and later another one, which may be worse: they count as having changed
     * their mind when they ask over the old one without choosing it, or no more.
     */
    boolean isPreferredTo(CandidatePair used, long nowNanos) {
        boolean later = nomination > used.nomination;
        return (flagged || later) && priority > used.priority
                || later && (!used.flagged || nowNanos - used.nominatedNanos >= REPEAT_NANOS);
    }
}
