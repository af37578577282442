package dev.oriel.egress.passthrough.net;

import dev.oriel.api.media.Bytes;
import dev.oriel.api.time.Ticker;
import dev.oriel.protocol.ice.Candidate;
import dev.oriel.protocol.ice.Path;
import dev.oriel.protocol.ice.Transport;
import dev.oriel.protocol.turn.TurnAction;
import dev.oriel.protocol.turn.TurnClient;
import dev.oriel.protocol.turn.TurnLogin;
import dev.oriel.protocol.turn.TurnServer;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One address at one of some TURN servers, for all viewers. It is asked for in advance; where it is lost another is asked for,
 * ever more rarely while that fails.
 *
 * <p>As a {@link Wire} only to be used on the port's thread; the rest is safe on any.
 */
public final class Relay implements Wire, AutoCloseable {

    /**
     * What the configuration says.
     *
     * @param servers tried in this order
     * @param fingerprint SHA-256 of the certificate, where that is not to be judged by authorities
     */
    public record Terms(List<TurnServer> servers, TurnLogin login, Optional<Bytes> fingerprint) {
        public Terms {
            servers = List.copyOf(servers);
        }
    }

    /**
     * What it works with.
     *
     * @param receiver takes what peers send
     * @param workers for what blocks: looking up names and reading authorities
     * @param unixMinusMonotonicNanos how far the wall clock is ahead of the ticker
     */
    public record Means(
            UdpPort port,
            UdpPort.Receiver receiver,
            Ticker ticker,
            RandomGenerator random,
            Executor workers,
            long unixMinusMonotonicNanos) {}

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final long NEXT_MILLIS = 100;
    private static final long FIRST_PAUSE_MILLIS = 1000;
    private static final long MAX_PAUSE_MILLIS = 300_000;
    private static final int MAX_REDIRECTIONS = 3;
    private static final long STOP_SECONDS = 5;

    private final Terms terms;
    private final Means means;
    private final EventLoop loop;
    private final Runnable changed;
    private volatile Optional<TurnAction.Ready> ready = Optional.empty();
    private volatile String fault = "";

    /** What follows only on the port's thread. */
    private final Set<Path> adopted = new HashSet<>();

    private final byte[] frame = new byte[Sockets.MAX_DATAGRAM_BYTES + TurnClient.OVERHEAD_BYTES];
    private final byte[] scratch = new byte[Sockets.MAX_DATAGRAM_BYTES];
    private @Nullable Attempt attempt;
    private @Nullable ScheduledFuture<?> timer;
    private int failures;
    private int redirections;
    private boolean closed;

    /**
     * A relay that is not {@linkplain #start started}.
     *
     * @param terms with one server at least
     * @param changed called on the port's thread when {@link #candidate} or {@link #fault} has changed
     */
    public Relay(Terms terms, Means means, Runnable changed) {
        this.terms = terms;
        this.means = means;
        this.loop = means.port().loop();
        this.changed = changed;
    }

    /** Begins to ask for an address. */
    public void start() {
        loop.execute(() -> look(Optional.empty()));
    }

    /** The address, while there is one. */
    public Optional<Candidate> candidate() {
        return ready.map(r -> Candidate.relayed(r.relayed(), r.mapped()));
    }

    /** A sentence that says why there is no address; empty if there is one, or nothing has gone wrong yet. */
    public String fault() {
        return fault;
    }

    @Override
    public boolean write(Path path, byte[] bytes, int length) {
        Attempt now = attempt;
        if (now == null || !leads(path) || length > Sockets.MAX_DATAGRAM_BYTES) {
            return false;
        }
        int framed = now.client().wrap(means.ticker().nanos(), path.remote(), bytes, length, frame);
        if (framed > 0) {
            return now.link().write(frame, framed);
        }
        now.act();
        return framed == 0;
    }

    @Override
    public void flush(Path path) {
        Attempt now = attempt;
        if (now != null && leads(path)) {
            now.link().flush();
        }
    }

    @Override
    public void adopted(Path path) {
        Attempt now = attempt;
        if (now != null && leads(path) && adopted.add(path)) {
            now.client().bind(means.ticker().nanos(), path.remote());
            now.act();
        }
    }

    @Override
    public void abandoned(Path path) {
        Attempt now = attempt;
        if (adopted.remove(path) && now != null) {
            now.client().release(means.ticker().nanos(), path.remote());
        }
    }

    /** Gives the address back; blocks until that is done. The thread is the port's and goes on. */
    @Override
    public void close() {
        loop.submit(() -> {
                    closed = true;
                    cancelTimer();
                    Attempt last = attempt;
                    attempt = null;
                    ready = Optional.empty();
                    if (last != null) {
                        last.end();
                    }
                })
                .awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
    }

    private boolean leads(Path path) {
        return ready.isPresent() && ready.get().relayed().equals(path.local());
    }

    /** Looks up the server whose turn it is, off the port's thread, and speaks to it. */
    private void look(Optional<InetSocketAddress> instead) {
        timer = null;
        TurnServer server = terms.servers().get(failures % terms.servers().size());
        try {
            means.workers().execute(() -> {
                try {
                    InetSocketAddress address = instead.isPresent()
                            ? instead.get()
                            : new InetSocketAddress(InetAddress.getByName(server.host()), server.port());
                    Optional<SslHandler> encryption = server.link() == TurnServer.Link.TLS
                            ? Optional.of(RelayEncryption.to(server.host(), server.port(), terms.fingerprint()))
                            : Optional.empty();
                    onLoop(() -> connect(server, address, encryption));
                } catch (UnknownHostException e) {
                    onLoop(() -> failed(server, "has a name that cannot be looked up", Optional.empty()));
                } catch (GeneralSecurityException e) {
                    LOG.debug("No TLS", e);
                    onLoop(() -> failed(server, "cannot be spoken to: this Java has no TLS", Optional.empty()));
                }
            });
        } catch (RejectedExecutionException e) {
            failed(server, "is not looked for: all workers are busy", Optional.empty());
        }
    }

    private void connect(TurnServer server, InetSocketAddress address, Optional<SslHandler> encryption) {
        if (closed) {
            return;
        }
        Attempt made = new Attempt(server);
        if (server.link() == TurnServer.Link.UDP) {
            RelayDatagrams.open(loop, means.port().kind(), address, made, made::opened);
        } else {
            RelayStream.open(loop, means.port().kind(), address, encryption, made, made::opened);
        }
    }

    private void failed(TurnServer server, String sentence, Optional<InetSocketAddress> instead) {
        if (closed) {
            return;
        }
        boolean had = ready.isPresent();
        ready = Optional.empty();
        attempt = null;
        fault = "The TURN server " + server + " " + sentence + ".";
        List<Path> lost = List.copyOf(adopted);
        adopted.clear();
        // Later: it may be a viewer that has just written.
        onLoop(() -> lost.forEach(means.receiver()::closed));
        Optional<InetSocketAddress> next = instead.filter(i -> redirections < MAX_REDIRECTIONS);
        if (next.isPresent()) {
            redirections++;
        } else {
            redirections = 0;
            failures = had ? 0 : failures + 1;
        }
        cancelTimer();
        timer = loop.schedule(() -> look(next), next.isPresent() ? 0 : pauseMillis(had), TimeUnit.MILLISECONDS);
        changed.run();
    }

    /** Between servers hardly any, between rounds ever longer, up to five minutes. */
    private long pauseMillis(boolean had) {
        if (had) {
            return FIRST_PAUSE_MILLIS;
        }
        int round = failures / terms.servers().size();
        if (failures % terms.servers().size() != 0) {
            return NEXT_MILLIS;
        }
        long pause = Math.min(FIRST_PAUSE_MILLIS << Math.min(round, 10), MAX_PAUSE_MILLIS);
        return pause + means.random().nextLong(pause / 2);
    }

    private void cancelTimer() {
        ScheduledFuture<?> pending = timer;
        if (pending != null) {
            pending.cancel(false);
            timer = null;
        }
    }

    private void onLoop(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.trace("The port is closed", e);
        }
    }

    /** One server spoken to, from the connection to its end. */
    private final class Attempt implements RelayLink.Events {
        private final TurnServer server;
        private @Nullable RelayLink link;
        private @Nullable TurnClient client;
        private @Nullable ScheduledFuture<?> alarm;
        private boolean over;

        private Attempt(TurnServer server) {
            this.server = server;
        }

        void opened(RelayLink made) {
            if (closed || over) {
                made.close();
                return;
            }
            link = made;
            client = new TurnClient(
                    terms.login(),
                    server.link().isStream(),
                    means.random(),
                    means.unixMinusMonotonicNanos(),
                    means.ticker().nanos());
            attempt = this;
            act();
        }

        RelayLink link() {
            RelayLink there = link;
            if (there == null) {
                throw new IllegalStateException("It is not opened");
            }
            return there;
        }

        TurnClient client() {
            TurnClient there = client;
            if (there == null) {
                throw new IllegalStateException("It is not opened");
            }
            return there;
        }

        @Override
        public void received(byte[] bytes, int length) {
            if (!over && client != null && client().receive(means.ticker().nanos(), bytes, 0, length, this::fromPeer)) {
                act();
            }
        }

        @Override
        public void closed(String sentence) {
            if (!over) {
                finish(sentence, Optional.empty());
            }
        }

        void end() {
            client().close();
            send();
            close();
        }

        private void fromPeer(InetSocketAddress peer, byte[] bytes, int offset, int length) {
            if (ready.isPresent() && length <= scratch.length) {
                System.arraycopy(bytes, offset, scratch, 0, length);
                means.receiver()
                        .received(new Path(Transport.RELAYED, ready.get().relayed(), peer), scratch, length);
            }
        }

        void act() {
            if (over) {
                return;
            }
            long now = means.ticker().nanos();
            client().wake(now);
            send();
            ScheduledFuture<?> pending = alarm;
            if (pending != null) {
                pending.cancel(false);
                alarm = null;
            }
            if (!over) {
                client().deadlineNanos()
                        .ifPresent(
                                due -> alarm = loop.schedule(this::act, Math.max(0, due - now), TimeUnit.NANOSECONDS));
            }
        }

        private void send() {
            boolean sent = false;
            for (TurnAction action = client().poll(); action != null; action = client().poll()) {
                if (action instanceof TurnAction.Send send) {
                    sent |= link().write(send.message(), send.message().length);
                } else if (action instanceof TurnAction.Ready address) {
                    ready = Optional.of(address);
                    fault = "";
                    failures = 0;
                    redirections = 0;
                    changed.run();
                } else if (action instanceof TurnAction.Gone gone) {
                    finish(gone.sentence(), gone.instead());
                    return;
                }
            }
            if (sent) {
                link().flush();
            }
        }

        private void finish(String sentence, Optional<InetSocketAddress> instead) {
            close();
            failed(server, sentence, instead);
        }

        private void close() {
            over = true;
            ScheduledFuture<?> pending = alarm;
            if (pending != null) {
                pending.cancel(false);
            }
            if (link != null) {
                link().close();
            }
        }
    }
}
