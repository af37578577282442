package dev.oriel.protocol.ice;

import dev.oriel.api.media.Bytes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pairs of one agent, and the order in which they are checked (RFC 8445 section 6.1.2). */
final class Checklist {

    /** The most candidates taken from a viewer. */
    static final int MAX_REMOTE = 32;

    /** The RFC's own bound, section 6.1.2.5. */
    static final int MAX_PAIRS = 100;

    private static final int MAX_OWN = 64;

    private final List<Candidate> own;
    private final List<Candidate> remotes = new ArrayList<>();
    private final Map<Path, CandidatePair> pairs = new LinkedHashMap<>();
    private final Deque<CandidatePair> triggered = new ArrayDeque<>();

    Checklist(List<Candidate> own) {
        this.own = new ArrayList<>(own);
    }

    Collection<CandidatePair> pairs() {
        return pairs.values();
    }

    List<Candidate> remotes() {
        return remotes;
    }

    void addRemote(Candidate candidate) {
        if (remotes.size() < MAX_REMOTE && !remotes.contains(candidate)) {
            remotes.add(candidate);
            own.forEach(local -> add(local, candidate));
        }
    }

    void addOwn(Candidate candidate) {
        boolean isKnown = own.stream()
                .anyMatch(o ->
                        o.transport() == candidate.transport() && o.address().equals(candidate.address()));
        if (own.size() < MAX_OWN && !isKnown) {
            own.add(candidate);
            remotes.forEach(remote -> add(candidate, remote));
        }
    }

    /** Over TCP there are only the pairs that the viewer makes by connecting. */
    private void add(Candidate local, Candidate remote) {
        Path path = new Path(local.transport(), local.address(), remote.address());
        if (local.transport() != Transport.TCP && path.isOneFamily() && canReach(path) && pairs.size() < MAX_PAIRS) {
            pairs.computeIfAbsent(path, p -> new CandidatePair(p, pairPriority(remote.priority(), local.priority())));
        }
    }

    /** Forgets pairs and remote candidates. */
    void clear() {
        pairs.clear();
        triggered.clear();
        remotes.clear();
    }

    /** A pair was chosen: what nothing has been heard over by now need not be checked any more. */
    void conclude() {
        triggered.removeIf(pair -> !pair.heard);
        pairs.values().removeIf(pair -> pair.state == CandidatePair.State.WAITING && !pair.heard);
        for (CandidatePair pair : pairs.values()) {
            if (pair.state == CandidatePair.State.IN_PROGRESS && !pair.heard) {
                pair.state = CandidatePair.State.FAILED;
            }
        }
    }

    /**
     * The pair a signed request came over; a new one if its remote side was unknown (section 7.3.1.3).
     *
     * @param used not to be forgotten for it
     */
    CandidatePair heard(Path path, long remotePriority, Optional<CandidatePair> used) {
        if (!pairs.containsKey(path) && pairs.size() >= MAX_PAIRS) {
            pairs.values().stream()
                    .filter(pair -> used.isEmpty() || used.get() != pair)
                    .min(Comparator.comparing((CandidatePair p) -> p.heard)
                            .thenComparingLong(p -> p.heard ? p.lastHeardNanos : p.priority))
                    .ifPresent(pair -> closed(pair.path));
        }
        return pairs.computeIfAbsent(path, p -> new CandidatePair(p, pairPriority(remotePriority, ownPriority(p))));
    }

    /** Forgets a pair whose path is no more. */
    void closed(Path path) {
        CandidatePair pair = pairs.remove(path);
        if (pair != null) {
            triggered.remove(pair);
        }
    }

    boolean isForgotten(CandidatePair pair) {
        return pairs.get(pair.path) != pair;
    }

    Optional<CandidatePair> byTransaction(Bytes id) {
        for (CandidatePair pair : pairs.values()) {
            if (pair.transaction.isPresent() && pair.transaction.get().equals(id)) {
                return Optional.of(pair);
            }
        }
        return Optional.empty();
    }

    void trigger(CandidatePair pair) {
        pair.state = CandidatePair.State.WAITING;
        if (!triggered.contains(pair)) {
            triggered.add(pair);
        }
    }

    boolean hasWaiting() {
        return !triggered.isEmpty() || bestWaiting().isPresent();
    }

    /** The pair to check now: triggered ones first, then by priority. */
    Optional<CandidatePair> next() {
        CandidatePair first = triggered.poll();
        return first == null ? bestWaiting() : Optional.of(first);
    }

    private Optional<CandidatePair> bestWaiting() {
        Optional<CandidatePair> best = Optional.empty();
        for (CandidatePair pair : pairs.values()) {
            if (pair.state == CandidatePair.State.WAITING && (best.isEmpty() || pair.priority > best.get().priority)) {
                best = Optional.of(pair);
            }
        }
        return best;
    }

    private long ownPriority(Path path) {
        for (Candidate candidate : own) {
            if (candidate.transport() == path.transport() && candidate.address().equals(path.local())) {
                return candidate.priority();
            }
        }
        return 1;
    }

    /**
     * A loopback address reaches nothing but itself, and nothing else reaches it. A relay's loopback is not ours: it reaches its
     * own machine's addresses, and only another relay of that machine's is asked to send there.
     */
    private static boolean canReach(Path path) {
        boolean here = path.local().getAddress().isLoopbackAddress();
        boolean there = path.remote().getAddress().isLoopbackAddress();
        return path.transport() == Transport.RELAYED ? here || !there : here == there;
    }

    /** RFC 8445 section 6.1.2.3, with the viewer as the controlling side. */
    private static long pairPriority(long controlling, long controlled) {
        return (Math.min(controlling, controlled) << 32)
                + 2 * Math.max(controlling, controlled)
                + (controlling > controlled ? 1 : 0);
    }
}
