package dev.oriel.egress.passthrough.session;

import dev.oriel.api.time.Ticker;
import dev.oriel.egress.passthrough.dtls.DtlsIdentity;
import dev.oriel.egress.passthrough.dtls.DtlsWorkers;
import dev.oriel.egress.passthrough.media.CameraHistory;
import dev.oriel.egress.passthrough.media.MediaFlow;
import dev.oriel.egress.passthrough.net.UdpPort;
import dev.oriel.egress.passthrough.net.Wire;
import dev.oriel.protocol.ice.DatagramKind;
import dev.oriel.protocol.ice.Path;
import dev.oriel.protocol.ice.Routes;
import dev.oriel.protocol.ice.Transport;
import dev.oriel.protocol.stun.BindingServer;
import dev.oriel.protocol.stun.StunMessage;
import dev.oriel.protocol.stun.StunType;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All viewers of one port: it takes each datagram to the viewer it is for.
 *
 * <p>Datagrams, timers and whatever changes a viewer run on the port's one thread; {@link #execute} brings work there.
 */
public final class Switchboard implements UdpPort.Receiver {

    private static final Logger LOG = LoggerFactory.getLogger(Switchboard.class);

    /** Asks others than viewers from the same port. */
    @FunctionalInterface
    public interface Asker {
        /** Takes a response; whether it is for it. */
        boolean received(long nowNanos, Path path, StunMessage message);
    }

    /**
     * What viewers need and share.
     *
     * @param random safe on any thread
     * @param unixMinusMonotonicNanos how far the wall clock is ahead of the ticker
     */
    public record Means(
            Ticker ticker,
            RandomGenerator random,
            DtlsIdentity identity,
            DtlsWorkers workers,
            long unixMinusMonotonicNanos) {}

    /** What a viewer is told at the end is on its way for so long, in part made by another thread. */
    private static final long LAST_WORDS_NANOS = 1_000_000_000L;

    private final Means means;
    private final MediaFlow.Scratch scratch = MediaFlow.Scratch.create();
    private final CameraHistory.Shelf histories = new CameraHistory.Shelf();
    private final Routes<Viewer> routes = new Routes<>();
    private final Set<Viewer> viewers = ConcurrentHashMap.newKeySet();
    private final Load load = new Load();
    private final BindingServer bindings = new BindingServer();
    private volatile Optional<Wire> wire = Optional.empty();
    private volatile Optional<EventLoop> loop = Optional.empty();
    private volatile Asker asker = (now, path, message) -> false;

    /** A switchboard without a port. */
    public Switchboard(Means means) {
        this.means = means;
    }

    /** From now on work runs on this thread, and answers to strangers go out by this wire. */
    public void runOn(EventLoop thread, Wire opened) {
        wire = Optional.of(opened);
        loop = Optional.of(thread);
    }

    /** Responses are shown to this one first. */
    public void tell(Asker first) {
        asker = first;
    }

    @Override
    public void received(Path path, byte[] bytes, int length) {
        long now = means.ticker().nanos();
        switch (DatagramKind.of(bytes, 0, length)) {
            case STUN -> StunMessage.read(bytes, 0, length).ifPresent(message -> stun(now, path, message));
            case DTLS -> routes.of(path).ifPresent(v -> v.receiveDtls(Arrays.copyOf(bytes, length)));
            case RTCP -> routes.of(path).ifPresent(v -> v.receiveControl(now, bytes, length));
            case RTP, UNKNOWN -> {
                // Viewers send no media, and nobody else is listened to.
            }
        }
    }

    private void stun(long now, Path path, StunMessage message) {
        boolean responds = message.type() == StunType.SUCCESS || message.type() == StunType.ERROR;
        if (responds && asker.received(now, path, message)) {
            return;
        }
        routes.of(message)
                .ifPresentOrElse(
                        viewer -> {
                            if (viewer.receiveStun(now, path, message)) {
                                learn(path, viewer);
                            }
                        },
                        () -> stranger(now, path, message));
    }

    private void learn(Path path, Viewer viewer) {
        Optional<Path> instead = routes.learn(path, viewer);
        boolean known = routes.of(path).filter(viewer::equals).isPresent();
        wire.ifPresent(w -> {
            if (known) {
                w.adopted(path);
            }
            instead.ifPresent(w::abandoned);
        });
    }

    @Override
    public void closed(Path path) {
        Optional<Viewer> viewer = routes.of(path);
        routes.forget(path);
        viewer.ifPresent(v -> v.closed(means.ticker().nanos(), path));
    }

    /** Nothing comes to a viewer from now on. Only on the port's thread. */
    void forget(Viewer viewer) {
        viewers.remove(viewer);
        List<Path> paths = routes.forgetSession(viewer);
        if (!paths.isEmpty()) {
            schedule(() -> abandon(paths), LAST_WORDS_NANOS);
        }
    }

    private void abandon(List<Path> paths) {
        wire.ifPresent(
                w -> paths.stream().filter(path -> routes.of(path).isEmpty()).forEach(w::abandoned));
    }

    private void stranger(long now, Path path, StunMessage message) {
        if (path.transport() == Transport.RELAYED) {
            // Browsers next door do not come that way.
            return;
        }
        bindings.answer(now, message, path.remote())
                .ifPresent(answer -> wire.ifPresent(to -> {
                    to.write(path, answer, answer.length);
                    to.flush(path);
                }));
    }

    /** Every viewer that has not ended. */
    public Set<Viewer> viewers() {
        return viewers;
    }

    /** Why nobody else is let in, for people; empty if there is room. Safe on any thread. */
    public Optional<String> whyFull() {
        long now = means.ticker().nanos();
        return load.whyFull(
                (int) viewers.stream().filter(v -> v.isExpected(now)).count());
    }

    /** Runs something on the port's thread; nothing happens if that is gone already. */
    void execute(Runnable task) {
        try {
            loop.ifPresent(l -> l.execute(task));
        } catch (RejectedExecutionException e) {
            LOG.trace("The port is closed", e);
        }
    }

    /** As {@link #execute}, but at once where this is the port's thread. */
    void executeNow(Runnable task) {
        if (loop.filter(EventLoop::inEventLoop).isPresent()) {
            task.run();
        } else {
            execute(task);
        }
    }

    /** Runs something on the port's thread when a while has passed. Only to be called on that thread. */
    ScheduledFuture<?> schedule(Runnable task, long delayNanos) {
        return loop.orElseThrow().schedule(task, delayNanos, TimeUnit.NANOSECONDS);
    }

    Means means() {
        return means;
    }

    MediaFlow.Scratch scratch() {
        return scratch;
    }

    /** How busy the port's thread is. */
    public Load load() {
        return load;
    }

    CameraHistory.Shelf histories() {
        return histories;
    }

    Routes<Viewer> routes() {
        return routes;
    }
}
