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
    private static final int MAX_PAIRS = 100;

    private final List<Candidate> own;
    private final Map<Path, CandidatePair> pairs = new LinkedHashMap<>();
    private final Deque<CandidatePair> triggered = new ArrayDeque<>();
    private int remotes;
    private boolean concluded;

    Checklist(List<Candidate> own) {
        this.own = List.copyOf(own);
    }

    Collection<CandidatePair> pairs() {
        return pairs.values();
    }

    void addRemote(Candidate candidate) {
        if (concluded || remotes == MAX_REMOTE) {
            return;
        }
        remotes++;
        for (Candidate local : own) {
            Path path = new Path(local.transport(), local.address(), candidate.address());
            if (local.transport() != Transport.TCP
                    && path.isOneFamily()
                    && canReach(path)
                    && pairs.size() < MAX_PAIRS) {
                pairs.computeIfAbsent(path, p -> new CandidatePair(p, pairPriority(candidate, local)));
            }
        }
    }

    void clear() {
        pairs.clear();
        triggered.clear();
        remotes = 0;
        concluded = false;
    }

    /** A pair was chosen: what has not been checked by now need not be any more. */
    void conclude() {
        concluded = true;
        triggered.clear();
        pairs.values().removeIf(p -> p.state == CandidatePair.State.WAITING && !p.heard);
    }

    /** The pair a signed request came over; a new one if its remote side was unknown (section 7.3.1.3). */
    CandidatePair heard(Path path, long priority) {
        if (!pairs.containsKey(path) && pairs.size() >= MAX_PAIRS) {
            pairs.values().stream()
                    .min(Comparator.comparing((CandidatePair p) -> p.heard)
                            .thenComparingLong(p -> p.heard ? p.lastHeardNanos : p.priority))
                    .ifPresent(p -> pairs.remove(p.path));
        }
        return pairs.computeIfAbsent(path, p -> new CandidatePair(p, priority << 32));
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
        return pairs.values().stream()
                .filter(p -> p.transaction.filter(id::equals).isPresent())
                .findFirst();
    }

    void trigger(CandidatePair pair) {
        pair.state = CandidatePair.State.WAITING;
        if (!triggered.contains(pair)) {
            triggered.add(pair);
        }
    }

    boolean hasWaiting() {
        return !triggered.isEmpty()
                || !concluded && pairs.values().stream().anyMatch(p -> p.state == CandidatePair.State.WAITING);
    }

    /** The pair to check now: triggered ones first, then by priority. */
    Optional<CandidatePair> next() {
        CandidatePair first = triggered.poll();
        if (first != null) {
            return Optional.of(first);
        }
        List<CandidatePair> waiting = new ArrayList<>(pairs.values());
        waiting.removeIf(p -> concluded || p.state != CandidatePair.State.WAITING);
        return waiting.stream().max(Comparator.comparingLong(p -> p.priority));
    }

    /** A loopback address reaches nothing but itself, and nothing else reaches it. */
    private static boolean canReach(Path path) {
        return path.local().getAddress().isLoopbackAddress()
                == path.remote().getAddress().isLoopbackAddress();
    }

    /** RFC 8445 section 6.1.2.3, where the viewer is the controlling side. */
    private static long pairPriority(Candidate controlling, Candidate controlled) {
        long g = controlling.priority();
        long d = controlled.priority();
        return (Math.min(g, d) << 32) + 2 * Math.max(g, d) + (g > d ? 1 : 0);
    }
}
