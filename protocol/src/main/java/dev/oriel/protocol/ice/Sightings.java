package dev.oriel.protocol.ice;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * What an agent has seen of a viewer's network so far. Immutable.
 *
 * @param startedNanos when it began, or began anew
 * @param answeredNanos when one of our checks was answered last; at first, when the viewer was heard first
 * @param connected whether a path is in use, or was
 * @param paused whether the path in use has gone and no other has come
 * @param heardFrom where genuine checks of the viewer came from, at most {@link #MAX_ADDRESSES}
 * @param forgedFrom where checks came from that were signed with something else than the session's password; as many
 * @param answers how many of our checks were answered
 * @param told where the viewer says it is
 * @param hidden how many more addresses it has that it does not tell (names such as {@code x.local})
 */
public record Sightings(
        long startedNanos,
        long answeredNanos,
        boolean connected,
        boolean paused,
        List<InetSocketAddress> heardFrom,
        List<InetSocketAddress> forgedFrom,
        long answers,
        List<Candidate> told,
        int hidden) {

    static final int MAX_ADDRESSES = 8;

    public Sightings {
        heardFrom = List.copyOf(heardFrom);
        forgedFrom = List.copyOf(forgedFrom);
        told = List.copyOf(told);
    }
}
