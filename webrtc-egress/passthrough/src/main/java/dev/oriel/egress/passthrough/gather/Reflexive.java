package dev.oriel.egress.passthrough.gather;

import dev.oriel.egress.passthrough.net.UdpPort;
import dev.oriel.protocol.ice.Candidate;
import dev.oriel.protocol.ice.Path;
import dev.oriel.protocol.stun.ServerReflexive;
import dev.oriel.protocol.stun.StunMessage;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What STUN servers see the media port's sockets as; they are asked from these sockets, since an address translator makes up
 * another port for any other.
 *
 * <p>All but {@link #received} is safe on any thread; that is called on the port's.
 */
final class Reflexive {

    /** RFC 8489 section 8.1. */
    static final int STUN_PORT = 3478;

    private static final Logger LOG = LoggerFactory.getLogger(Reflexive.class);

    private final Gathering.Means means;
    private final Runnable changed;
    private final ServerReflexive client;
    private volatile Map<InetSocketAddress, List<InetSocketAddress>> mapped = Map.of();
    private volatile Map<InetSocketAddress, String> faults = Map.of();
    private @Nullable ScheduledFuture<?> timer;

    /** @param changed called on the port's thread */
    Reflexive(Gathering.Means means, Runnable changed) {
        this.means = means;
        this.changed = changed;
        this.client = new ServerReflexive(means.random());
    }

    /** From now on asks these servers, from wherever the port is open now. */
    void ask(List<InetSocketAddress> servers) {
        if (servers.isEmpty() && mapped.isEmpty()) {
            return;
        }
        List<InetSocketAddress> locals = means.port().open();
        EventLoop loop = means.port().loop();
        try {
            loop.execute(() -> {
                client.ask(means.ticker().nanos(), locals, servers);
                act();
            });
        } catch (RejectedExecutionException e) {
            LOG.trace("The port is closed", e);
        }
    }

    boolean received(long nowNanos, Path path, StunMessage message) {
        boolean ours = client.receive(path.local(), path.remote(), message, nowNanos);
        if (ours) {
            act();
        }
        return ours;
    }

    /** One candidate for each own address that is seen as another, and those that were said to be forwarded. */
    List<Candidate> candidates(Collection<InetSocketAddress> known, List<OptionalInt> forwarded) {
        Set<InetSocketAddress> all = new HashSet<>(known);
        List<Candidate> candidates = new ArrayList<>();
        mapped.forEach((local, seen) -> {
            InetAddress outside = seen.get(0).getAddress();
            List<InetSocketAddress> addresses = new ArrayList<>();
            forwarded.forEach(port -> addresses.add(new InetSocketAddress(outside, port.orElse(local.getPort()))));
            addresses.add(seen.get(0));
            for (InetSocketAddress address : addresses) {
                if (all.add(address)) {
                    candidates.add(Candidate.reflexive(address, local, candidates.size()));
                }
            }
        });
        return candidates;
    }

    List<String> faults() {
        List<String> sentences = new ArrayList<>();
        faults.forEach((server, fault) -> sentences.add("The STUN server at " + text(server) + " " + fault + "."));
        mapped.forEach((local, seen) -> {
            if (seen.size() > 1) {
                sentences.add("The router in front of " + text(local)
                        + " uses another port for each destination (symmetric): where viewers' routers do the same, they need a"
                        + " forwarded port or a TURN server.");
            }
        });
        return sentences;
    }

    private void act() {
        long now = means.ticker().nanos();
        if (client.deadlineNanos().isPresent() && now - client.deadlineNanos().getAsLong() >= 0) {
            client.wake(now);
        }
        UdpPort port = means.port();
        for (ServerReflexive.Question q = client.poll(); q != null; q = client.poll()) {
            Path path = Path.udp(q.from(), q.to());
            port.write(path, q.message(), q.message().length);
            port.flush(path);
        }
        ScheduledFuture<?> pending = timer;
        if (pending != null) {
            pending.cancel(false);
            timer = null;
        }
        client.deadlineNanos()
                .ifPresent(due ->
                        timer = port.loop().schedule(this::act, Math.max(0, due - now), TimeUnit.NANOSECONDS));
        Map<InetSocketAddress, List<InetSocketAddress>> seen = client.mapped();
        Map<InetSocketAddress, String> missing = client.faults();
        if (!seen.equals(mapped) || !missing.equals(faults)) {
            mapped = seen;
            faults = missing;
            changed.run();
        }
    }

    private static String text(InetSocketAddress address) {
        return new HostPort(address.getAddress().getHostAddress(), OptionalInt.of(address.getPort())).toString();
    }
}
