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

    /** USE-CANDIDATE came before the own check of this pair was answered (section 7.3.1.5). */
    boolean chosen;

    /** A signed request came over this path. */
    boolean heard;

    long lastHeardNanos;
    Optional<Bytes> transaction = Optional.empty();
    int sends;
    long resendNanos;

    CandidatePair(Path path, long priority) {
        this.path = path;
        this.priority = priority;
    }
}
