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
}
