package dev.oriel.egress.passthrough.gather;

import dev.oriel.api.time.Ticker;
import dev.oriel.egress.passthrough.net.Relay;
import dev.oriel.egress.passthrough.net.TcpPort;
import dev.oriel.egress.passthrough.net.UdpPort;
import dev.oriel.egress.passthrough.net.Wire;
import dev.oriel.protocol.ice.Candidate;
import dev.oriel.protocol.ice.Path;
import dev.oriel.protocol.stun.StunMessage;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine's own candidates, as they are known at any moment. Who asks for them never waits.
 *
 * <p>{@link #announced}, {@link #usable} and {@link #findings} are safe on any thread; {@link #received} is called on the
 * port's.
 */
public final class Gathering {

    private static final Logger LOG = LoggerFactory.getLogger(Gathering.class);

    /**
     * What it works with.
     *
     * @param tcp the same port for TCP, where there is one
     * @param receiver takes what comes by way of a relay
     * @param workers for what blocks: looking up names
     * @param unixMinusMonotonicNanos how far the wall clock is ahead of the ticker
     */
    public record Means(
            UdpPort port,
            Optional<TcpPort> tcp,
            UdpPort.Receiver receiver,
            Ticker ticker,
            RandomGenerator random,
            Executor workers,
            long unixMinusMonotonicNanos) {}

    private final Means means;
    private final Wishes wishes;
    private final Names names = new Names();
    private final Reflexive reflexive;
    private final Optional<Relay> relay;
    private final AtomicBoolean isLookingUp = new AtomicBoolean();
    private volatile Runnable changed = () -> {};
    private volatile Findings findings = new Findings(List.of(), List.of());

    /** Nothing is looked for until {@link #start}. */
    public Gathering(Wishes wishes, Means means) {
        this.wishes = wishes;
        this.means = means;
        this.reflexive = new Reflexive(means, this::compare);
        this.relay = wishes.relay()
                .map(terms -> new Relay(
                        terms,
                        new Relay.Means(
                                means.port(),
                                means.receiver(),
                                means.ticker(),
                                means.random(),
                                means.workers(),
                                means.unixMinusMonotonicNanos()),
                        this::compare));
    }

    /** Begins to look; {@link #refresh} is to be called every now and then. */
    public void start() {
        relay.ifPresent(Relay::start);
        refresh();
    }

    /** What goes by way of a relay goes out by this. */
    public Optional<Wire> relay() {
        return relay.map(Wire.class::cast);
    }

    /** Gives back what servers keep for us; blocks until that is done. */
    public void close() {
        relay.ifPresent(Relay::close);
    }

    /** Looks at what may have changed: the port's own addresses, and what names stand for. Does not block. */
    public void refresh() {
        reflexive.ask(servers());
        compare();
        if (isLookingUp.compareAndSet(false, true)) {
            try {
                means.workers().execute(this::lookUp);
            } catch (RejectedExecutionException e) {
                isLookingUp.set(false);
                LOG.debug("No worker is free to look up names", e);
            }
        }
    }

    private void lookUp() {
        try {
            names.refresh(means.ticker().nanos(), named());
            reflexive.ask(servers());
            compare();
        } finally {
            isLookingUp.set(false);
        }
    }

    /** Takes a STUN message that came over the port; whether it was for us. */
    public boolean received(long nowNanos, Path path, StunMessage message) {
        return reflexive.received(nowNanos, path, message);
    }

    /** Where viewers are told to come to, best first. */
    public List<Candidate> announced() {
        List<InetSocketAddress> open = means.port().open();
        Set<InetSocketAddress> forwarded = forwarded(open);
        Set<InetSocketAddress> hosts = new LinkedHashSet<>(open);
        hosts.addAll(forwarded);
        List<Candidate> candidates = new ArrayList<>(hosts(hosts));
        List<InetSocketAddress> tcp = means.tcp().map(TcpPort::open).orElse(List.of());
        int rank = 0;
        for (InetSocketAddress host : hosts) {
            // Whether somebody forwards TCP, too, only the viewer can find out.
            if (tcp.contains(host) || !tcp.isEmpty() && forwarded.contains(host)) {
                candidates.add(Candidate.passive(host, rank++));
            }
        }
        candidates.addAll(reflexive.candidates(hosts, wishes.reflexivePorts()));
        relay.flatMap(Relay::candidate).ifPresent(candidates::add);
        return candidates;
    }

    /** Where checks are sent from. */
    public List<Candidate> usable() {
        List<Candidate> candidates = new ArrayList<>(hosts(means.port().open()));
        relay.flatMap(Relay::candidate).ifPresent(candidates::add);
        return candidates;
    }

    /** Has something done whenever what is announced has changed, on whichever thread saw it. */
    public void onChange(Runnable task) {
        changed = task;
    }

    /** What was found. */
    public Findings findings() {
        return findings;
    }

    private static List<Candidate> hosts(Iterable<InetSocketAddress> addresses) {
        List<Candidate> candidates = new ArrayList<>();
        for (InetSocketAddress address : addresses) {
            candidates.add(Candidate.host(address, candidates.size()));
        }
        return candidates;
    }

    /** What is not the machine's own address but leads to it, by what we were told. */
    private Set<InetSocketAddress> forwarded(List<InetSocketAddress> open) {
        int own = means.port().port();
        Set<InetSocketAddress> forwarded = new LinkedHashSet<>();
        wishes.given().forEach(a -> forwarded.add(new InetSocketAddress(a, own)));
        for (HostPort host : wishes.further()) {
            names.of(host)
                    .forEach(a ->
                            forwarded.add(new InetSocketAddress(a, host.port().orElse(own))));
        }
        open.forEach(forwarded::remove);
        return forwarded;
    }

    private List<HostPort> named() {
        List<HostPort> named = new ArrayList<>(wishes.further());
        named.addAll(wishes.stunServers());
        return named;
    }

    private List<InetSocketAddress> servers() {
        List<InetSocketAddress> servers = new ArrayList<>();
        for (HostPort server : wishes.stunServers()) {
            names.of(server)
                    .forEach(a ->
                            servers.add(new InetSocketAddress(a, server.port().orElse(Reflexive.STUN_PORT))));
        }
        return servers;
    }

    private void compare() {
        if (findAnew()) {
            changed.run();
        }
    }

    private synchronized boolean findAnew() {
        List<String> faults = new ArrayList<>();
        named().stream()
                .filter(names::isUnknown)
                .map(HostPort::host)
                .distinct()
                .forEach(host -> faults.add("The name " + host + " cannot be looked up."));
        faults.addAll(reflexive.faults());
        relay.map(Relay::fault).filter(f -> !f.isEmpty()).ifPresent(faults::add);
        Findings now = Findings.of(announced(), faults);
        if (!now.equals(findings)) {
            findings = now;
            LOG.info("Viewers may come to {}", now);
            return true;
        }
        return false;
    }
}
