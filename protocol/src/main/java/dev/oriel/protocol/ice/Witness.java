package dev.oriel.protocol.ice;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Notes what an agent sees of a viewer's network, for {@link Sightings}. */
final class Witness {

    private final List<InetSocketAddress> heardFrom = new ArrayList<>();
    private final List<InetSocketAddress> forgedFrom = new ArrayList<>();
    private int hidden;
    private long answers;

    /** A genuine check came. */
    void heard(Path path) {
        note(heardFrom, path);
    }

    /** A check came that was not signed as it should be. */
    void forged(Path path) {
        note(forgedFrom, path);
    }

    /** One of our checks was answered. */
    void answered() {
        answers++;
    }

    /** The viewer has so many addresses that it does not tell. */
    void hidden(int count) {
        hidden += count;
    }

    Sightings sightings(
            long startedNanos, long answeredNanos, boolean connected, boolean paused, List<Candidate> told) {
        return new Sightings(
                startedNanos, answeredNanos, connected, paused, heardFrom, forgedFrom, answers, told, hidden);
    }

    private static void note(List<InetSocketAddress> addresses, Path path) {
        if (addresses.size() < Sightings.MAX_ADDRESSES && !addresses.contains(path.remote())) {
            addresses.add(path.remote());
        }
    }
}
