package dev.oriel.egress.passthrough.session;

import dev.oriel.protocol.ice.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What one viewer has been told of our own candidates, and who wants to be told of more. Safe on any thread. */
final class OwnCandidates {

    /** Whoever is not reached at so many will not be reached at one more. */
    static final int MAX = 64;

    private final List<Candidate> known;
    private final List<String> later = new ArrayList<>();
    private Consumer<String> listener = text -> {};

    /** @param answered what the answer tells */
    OwnCandidates(List<Candidate> answered) {
        known = new ArrayList<>(answered);
    }

    /** All that are known by now. */
    synchronized List<Candidate> known() {
        return List.copyOf(known);
    }

    /** Tells from now on, and at once what has been found since the answer. */
    void tell(Consumer<String> to) {
        List<String> missed;
        synchronized (this) {
            listener = to;
            missed = List.copyOf(later);
        }
        missed.forEach(to);
    }

    /** Takes what is to be announced now; what is new is told. */
    void found(List<Candidate> now) {
        List<String> fresh = new ArrayList<>();
        Consumer<String> to;
        synchronized (this) {
            for (Candidate candidate : now) {
                boolean isKnown = known.stream()
                        .anyMatch(k -> k.transport() == candidate.transport()
                                && k.address().equals(candidate.address()));
                if (!isKnown && known.size() < MAX) {
                    known.add(candidate);
                    fresh.add("candidate:" + candidate.write());
                }
            }
            later.addAll(fresh);
            to = listener;
        }
        fresh.forEach(to);
    }
}
