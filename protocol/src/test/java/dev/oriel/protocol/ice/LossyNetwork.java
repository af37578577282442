package dev.oriel.protocol.ice;

import dev.oriel.protocol.stun.StunMessage;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

/**
 * Our agent and a browser's side with a network in between that loses some packets, doubles some, and delivers each after 1
 * to 80 ms, so that they overtake each other. Time is virtual, chance is seeded.
 */
final class LossyNetwork {

    static final long MILLI = 1_000_000L;
    static final InetSocketAddress SERVER_LAN = new InetSocketAddress("192.0.2.2", 8189);
    static final InetSocketAddress SERVER_VPN = new InetSocketAddress("198.51.100.2", 8189);
    static final InetSocketAddress VIEWER = new InetSocketAddress("192.0.2.9", 50_000);
    static final InetSocketAddress MOBILE = new InetSocketAddress("203.0.113.9", 40_000);
    static final IceCredentials OURS = new IceCredentials("ours", "ours-password-of-22-chars");
    static final IceCredentials THEIRS = new IceCredentials("them", "their-password-of-22-chars");

    private record Packet(long arrivesNanos, long number, boolean toAgent, Path path, byte[] bytes) {}

    final IceAgent agent;
    final ControllingPeer peer;
    final List<String> losses = new ArrayList<>();
    final List<Path> used = new ArrayList<>();
    final Set<InetSocketAddress> unreachable = new HashSet<>();
    Optional<Path> current = Optional.empty();
    long now = -5_000 * MILLI;

    private final Random random;
    private final int lossPercent;
    private final PriorityQueue<Packet> underway =
            new PriorityQueue<>(Comparator.comparingLong(Packet::arrivesNanos).thenComparingLong(Packet::number));
    private long packets;
    private long ticks;

    LossyNetwork(int seed, int lossPercent) {
        this(seed, lossPercent, IceRole.CONTROLLED);
    }

    LossyNetwork(int seed, int lossPercent, IceRole role) {
        this.random = new Random(seed);
        this.lossPercent = lossPercent;
        agent = new IceAgent(
                1,
                role,
                OURS,
                THEIRS,
                List.of(Candidate.host(SERVER_LAN, 0), Candidate.host(SERVER_VPN, 1)),
                random,
                now);
        peer = new ControllingPeer(
                THEIRS, OURS, List.of(Path.udp(VIEWER, SERVER_LAN), Path.udp(VIEWER, SERVER_VPN)), random);
    }

    void run(long millis) {
        for (long end = now + millis * MILLI; now < end; now += 10 * MILLI) {
            // A browser is in a hurry until a pair is chosen.
            if (ticks++ % (peer.chosen.isEmpty() ? 5 : 50) == 0) {
                peer.tick();
            }
            List.copyOf(peer.out).forEach(send -> send(true, send));
            peer.out.clear();
            while (!underway.isEmpty() && underway.peek().arrivesNanos <= now) {
                deliver(underway.poll());
            }
            if (agent.deadlineNanos().isPresent() && agent.deadlineNanos().getAsLong() <= now) {
                agent.wake(now);
            }
            drain();
        }
    }

    /** Whether both sides use one path, and it works. */
    boolean agree() {
        return peer.chosen.map(LossyNetwork::reverse).equals(current)
                && current.filter(path -> !unreachable.contains(path.remote())).isPresent();
    }

    static Path reverse(Path path) {
        return new Path(path.transport(), path.remote(), path.local());
    }

    private void deliver(Packet packet) {
        StunMessage message =
                StunMessage.read(packet.bytes, 0, packet.bytes.length).orElseThrow();
        if (packet.toAgent) {
            agent.receive(now, packet.path, message);
            drain();
        } else {
            peer.receive(packet.path, message);
        }
    }

    private void drain() {
        for (IceAction action = agent.poll(); action != null; action = agent.poll()) {
            if (action instanceof IceAction.Send send) {
                send(false, send);
            } else if (action instanceof IceAction.Use use) {
                current = Optional.of(use.path());
                used.add(use.path());
            } else if (action instanceof IceAction.Pause) {
                current = Optional.empty();
            } else if (action instanceof IceAction.Lost) {
                losses.add(new Reachability(List.of(), agent.sightings()).lost());
            }
        }
    }

    private void send(boolean toAgent, IceAction.Send send) {
        Path arrival = reverse(send.path());
        if (unreachable.contains(arrival.local()) || unreachable.contains(arrival.remote())) {
            return;
        }
        for (int copies = random.nextInt(20) == 0 ? 2 : 1; copies > 0; copies--) {
            if (random.nextInt(100) >= lossPercent) {
                long delay = (1 + random.nextInt(80)) * MILLI;
                underway.add(new Packet(now + delay, packets++, toAgent, arrival, send.message()));
            }
        }
    }
}
