package dev.oriel.egress.passthrough.session;

import dev.oriel.api.camera.StreamName;
import dev.oriel.api.failure.OfferRejected;
import dev.oriel.api.hub.StreamLease;
import dev.oriel.api.media.EndReason;
import dev.oriel.api.viewer.ViewerSession;
import dev.oriel.api.viewer.ViewerStatus;
import dev.oriel.egress.passthrough.dtls.DtlsSession;
import dev.oriel.egress.passthrough.media.Counters;
import dev.oriel.egress.passthrough.media.Handover;
import dev.oriel.egress.passthrough.media.MediaFlow;
import dev.oriel.egress.passthrough.net.Wire;
import dev.oriel.protocol.ice.Candidate;
import dev.oriel.protocol.ice.IceAction;
import dev.oriel.protocol.ice.IceAgent;
import dev.oriel.protocol.ice.IceCredentials;
import dev.oriel.protocol.ice.IceRole;
import dev.oriel.protocol.ice.Path;
import dev.oriel.protocol.ice.Reachability;
import dev.oriel.protocol.ice.Sightings;
import dev.oriel.protocol.srtp.MasterKey;
import dev.oriel.protocol.srtp.SrtpReceiver;
import dev.oriel.protocol.srtp.SrtpSender;
import dev.oriel.protocol.stun.StunMessage;
import dev.oriel.protocol.webrtc.Answer;
import dev.oriel.protocol.webrtc.Fingerprint;
import dev.oriel.protocol.webrtc.IceFragment;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One viewer: first a path (ICE), then keys (DTLS), then media.
 *
 * <p>Its public methods are safe on any thread; all else happens on the port's thread.
 */
public final class Viewer implements ViewerSession {

    private static final Logger LOG = LoggerFactory.getLogger(Viewer.class);
    private static final long EXPECTED_NANOS = 2_000_000_000L;
    private static final long COMPLAINT_NANOS = 10_000_000_000L;

    /** Longer than a handshake may take, since it may have had to wait for a thread. */
    private static final long SECURING_NANOS = 20_000_000_000L;

    /**
     * What a viewer is made of.
     *
     * @param remote the viewer's ICE credentials
     * @param role who chooses the path
     * @param fingerprints what the viewer's certificate must match one of
     * @param candidates where the viewer says it is
     * @param hidden how many addresses it has besides that it does not tell
     * @param credentials own, as the answer tells them
     * @param announced own candidates, as the answer tells them
     * @param open own addresses there is a socket for
     */
    public record Terms(
            String id,
            StreamName stream,
            IceCredentials remote,
            IceRole role,
            List<Fingerprint> fingerprints,
            List<Candidate> candidates,
            int hidden,
            Answer answer,
            IceCredentials credentials,
            List<Candidate> announced,
            List<Candidate> open) {}

    private final Terms terms;
    private final StreamLease lease;
    private final Switchboard board;
    private final Wire wire;
    private final IceAgent agent;
    private final DtlsSession dtls;
    private final LastWords lastWords;
    private final Handover handover;
    private final OwnCandidates candidates;
    private final Counters counters = new Counters();
    private final CompletableFuture<EndReason> ended = new CompletableFuture<>();
    private volatile ViewerStatus.State state = ViewerStatus.State.CHECKING;
    private volatile Sightings seen;
    private IceCredentials own;
    private IceCredentials remote;
    private Optional<Path> path = Optional.empty();
    private Optional<MediaFlow> flow = Optional.empty();
    private Optional<DataChannels> channels = Optional.empty();
    private @Nullable ScheduledFuture<?> timer;
    private @Nullable ScheduledFuture<?> securing;
    private long timerNanos;
    private long droppedBefore;
    private long complainedNanos;
    private final long startedNanos;

    /** A viewer that waits to be {@linkplain #start() started}. */
    public Viewer(Terms terms, StreamLease lease, Switchboard board, Wire wire) {
        this.terms = terms;
        this.lease = lease;
        this.board = board;
        this.wire = wire;
        this.own = terms.credentials();
        this.remote = terms.remote();
        this.candidates = new OwnCandidates(terms.announced());
        Switchboard.Means means = board.means();
        long now = means.ticker().nanos();
        this.complainedNanos = now - COMPLAINT_NANOS;
        this.startedNanos = now;
        this.agent =
                new IceAgent(means.random().nextInt(), terms.role(), own, remote, terms.open(), means.random(), now);
        this.seen = agent.sightings();
        this.handover = new Handover(() -> board.execute(this::drain), means.ticker());
        this.lastWords = new LastWords(board, wire);
        this.dtls = new DtlsSession(
                terms.answer().beginsHandshake() ? DtlsSession.Role.CLIENT : DtlsSession.Role.SERVER,
                means.identity(),
                terms.fingerprints(),
                means.workers(),
                datagram -> board.executeNow(() -> sendDtls(datagram)),
                new Handshake());
    }

    /** Makes it known to the switchboard and starts to look for a path. */
    public void start() {
        board.viewers().add(this);
        board.execute(() -> {
            if (state != ViewerStatus.State.ENDED) {
                board.routes().add(own.fragment(), agent.tag(), this);
                terms.candidates().forEach(agent::addRemote);
                agent.addHidden(terms.hidden());
                act(board.means().ticker().nanos());
            }
        });
    }

    @Override
    public String id() {
        return terms.id();
    }

    @Override
    public String answer() {
        return terms.answer().sdp();
    }

    @Override
    public synchronized CompletionStage<String> change(String sdpFragment) {
        IceFragment change;
        try {
            change = IceFragment.parse(sdpFragment);
        } catch (OfferRejected e) {
            return CompletableFuture.failedFuture(e);
        }
        if (state == ViewerStatus.State.ENDED) {
            return CompletableFuture.failedFuture(new OfferRejected("The session is over."));
        }
        Optional<IceCredentials> restart = change.credentials().filter(c -> !c.equals(remote));
        if (restart.isEmpty()) {
            board.execute(() -> {
                change.candidates().forEach(agent::addRemote);
                agent.addHidden(change.hidden());
                act(board.means().ticker().nanos());
            });
            return CompletableFuture.completedFuture("");
        }
        IceCredentials before = own;
        IceCredentials fresh = IceCredentials.random(board.means().random());
        own = fresh;
        remote = restart.get();
        board.execute(() -> {
            if (state != ViewerStatus.State.ENDED) {
                board.routes().forgetFragment(before.fragment());
                board.routes().add(fresh.fragment(), agent.tag(), this);
                long now = board.means().ticker().nanos();
                agent.restart(now, fresh, restart.get());
                change.candidates().forEach(agent::addRemote);
                agent.addHidden(change.hidden());
                act(now);
            }
        });
        return CompletableFuture.completedFuture(IceFragment.answer(fresh, candidates.known()));
    }

    @Override
    public void tellCandidates(Consumer<String> listener) {
        candidates.tell(listener);
    }

    /**
     * Takes what is known of our side by now; safe on any thread.
     *
     * @param announced where viewers may come to
     * @param usable what to send from
     */
    public void found(List<Candidate> announced, List<Candidate> usable) {
        board.execute(() -> {
            if (state != ViewerStatus.State.ENDED) {
                candidates.found(announced);
                usable.forEach(agent::addOwn);
                act(board.means().ticker().nanos());
            }
        });
    }

    @Override
    public ViewerStatus status() {
        return new ViewerStatus(
                terms.id(),
                terms.stream(),
                state,
                counters.packetsSent(),
                counters.bytesSent(),
                counters.packetsLost(),
                counters.nacks(),
                counters.pictureRequests(),
                handover.dropped() + counters.unsent(),
                counters.reception(),
                whyNoPicture());
    }

    private String whyNoPicture() {
        return switch (state) {
            case CHECKING -> unreached();
            case SECURING -> unreached().isEmpty() ? "The keys for the media are being agreed on." : unreached();
            case PLAYING -> unreached().isEmpty() ? lease.status().whyNoPicture() : unreached();
            case ENDED -> ended.getNow(EndReason.CLOSED).sentence();
        };
    }

    @Override
    public CompletionStage<EndReason> ended() {
        return ended.minimalCompletionStage();
    }

    @Override
    public void close() {
        end(EndReason.CLOSED);
    }

    /** Whether media is or may soon be sent to it: who does not soon after the answer hardly ever will. */
    boolean isExpected(long now) {
        return isPlaying() || now - startedNanos < EXPECTED_NANOS;
    }

    boolean isPlaying() {
        return state == ViewerStatus.State.PLAYING;
    }

    /** Ends it for a reason; idempotent. */
    public void end(EndReason reason) {
        board.execute(() -> finish(reason));
    }

    /** A STUN message for this viewer; whether it was signed by it. */
    boolean receiveStun(long now, Path from, StunMessage message) {
        boolean genuine = state != ViewerStatus.State.ENDED && agent.receive(now, from, message);
        if (genuine) {
            act(now);
        } else if (state == ViewerStatus.State.CHECKING) {
            seen = agent.sightings();
        }
        return genuine;
    }

    /** A path of this viewer's is no more. */
    void closed(long now, Path over) {
        agent.closed(over);
        act(now);
    }

    /** A DTLS datagram that came over a path this viewer has proved to be at. */
    void receiveDtls(byte[] datagram) {
        dtls.receive(datagram);
    }

    /** An encrypted control packet. */
    void receiveControl(long now, byte[] bytes, int length) {
        flow.ifPresent(f -> {
            f.receiveControl(now, bytes, 0, length);
            act(now);
        });
    }

    private void drain() {
        flow.ifPresent(f -> {
            long now = board.means().ticker().nanos();
            f.drain(now);
            flush();
            if (f.end().isPresent()) {
                finish(f.end().get());
            } else if (f.deadlineNanos() - timerNanos < 0) {
                arm(now);
            }
        });
    }

    private void tick() {
        timer = null;
        if (state != ViewerStatus.State.ENDED) {
            long now = board.means().ticker().nanos();
            flow.ifPresent(f -> f.wake(now));
            complain(now);
            act(now);
        }
    }

    /** Wakes the agent if it is due, does what it wants done, and sets the timer for the next time. */
    private void act(long now) {
        if (state == ViewerStatus.State.ENDED) {
            return;
        }
        if (agent.deadlineNanos().isPresent() && now - agent.deadlineNanos().getAsLong() >= 0) {
            agent.wake(now);
        }
        boolean news = false;
        for (IceAction action = agent.poll(); action != null; action = agent.poll()) {
            news = true;
            if (action instanceof IceAction.Send send) {
                wire.write(send.path(), send.message(), send.message().length);
                wire.flush(send.path());
            } else if (action instanceof IceAction.Use use) {
                path = Optional.of(use.path());
                if (state == ViewerStatus.State.CHECKING) {
                    state = ViewerStatus.State.SECURING;
                    dtls.start();
                    securing = board.schedule(this::unsecured, SECURING_NANOS);
                }
            } else if (action instanceof IceAction.Pause) {
                path = Optional.empty();
            } else if (action instanceof IceAction.Lost) {
                finish(new EndReason.Closed(new Reachability(candidates.known(), agent.sightings()).lost()));
                return;
            }
        }
        if (news || state != ViewerStatus.State.PLAYING) {
            seen = agent.sightings();
        }
        flush();
        Optional<EndReason> over = flow.flatMap(MediaFlow::end);
        if (over.isPresent()) {
            finish(over.get());
        } else {
            arm(now);
        }
    }

    private String unreached() {
        return new Reachability(candidates.known(), seen)
                .waiting(board.means().ticker().nanos());
    }

    private void arm(long now) {
        long due = agent.deadlineNanos().orElse(now);
        if (flow.isPresent()) {
            long media = flow.get().deadlineNanos();
            due = media - due < 0 ? media : due;
        }
        ScheduledFuture<?> pending = timer;
        if (pending != null) {
            if (timerNanos - due <= 0) {
                return;
            }
            pending.cancel(false);
        }
        timerNanos = due;
        timer = board.schedule(this::tick, Math.max(0, due - now));
    }

    private void unsecured() {
        if (state == ViewerStatus.State.SECURING) {
            finish(new EndReason.Closed("The viewer did not complete the DTLS handshake within 20 seconds."));
        }
    }

    private void secured(MasterKey ours, MasterKey theirs) {
        if (state == ViewerStatus.State.ENDED) {
            return;
        }
        MediaFlow media = new MediaFlow(
                lease,
                handover,
                board.histories().take(terms.stream()),
                terms.answer(),
                new MediaFlow.Keys(new SrtpSender(ours), new SrtpReceiver(theirs)),
                counters,
                board.scratch(),
                new Line(),
                board.means().random(),
                board.means().unixMinusMonotonicNanos());
        flow = Optional.of(media);
        state = ViewerStatus.State.PLAYING;
        cancel(securing);
        channels = terms.answer().data().map(ports -> new DataChannels(ports, board, dtls::send));
        long now = board.means().ticker().nanos();
        try {
            media.start(now);
        } catch (RuntimeException e) {
            LOG.warn("Viewer {} of {} could not be attached", terms.id(), terms.stream(), e);
            finish(new EndReason.Closed("The camera could not be attached to."));
            return;
        }
        act(now);
    }

    private void complain(long now) {
        long dropped = handover.dropped() + counters.unsent();
        if (dropped > droppedBefore && now - complainedNanos >= COMPLAINT_NANOS) {
            LOG.warn("Viewer {} of {} is too slow: {} packets dropped", id(), terms.stream(), dropped - droppedBefore);
            droppedBefore = dropped;
            complainedNanos = now;
        }
    }

    private boolean send(byte[] bytes, int length) {
        return path.isPresent() && wire.write(path.get(), bytes, length);
    }

    private void sendDtls(byte[] datagram) {
        if (state == ViewerStatus.State.ENDED) {
            path.ifPresent(to -> lastWords.send(to, datagram));
        } else {
            send(datagram, datagram.length);
            flush();
        }
    }

    private void flush() {
        path.ifPresent(wire::flush);
    }

    private void finish(EndReason reason) {
        if (state == ViewerStatus.State.ENDED) {
            return;
        }
        flow.ifPresent(f -> f.goodbye(board.means().ticker().nanos()));
        flush();
        state = ViewerStatus.State.ENDED;
        if (flow.isPresent()) {
            board.histories().giveBack(terms.stream());
        }
        flow = Optional.empty();
        cancel(timer);
        cancel(securing);
        channels.ifPresent(DataChannels::close);
        dtls.close();
        board.forget(this);
        lease.close();
        LOG.debug("Viewer {} of {} ended: {}", terms.id(), terms.stream(), reason.sentence());
        ended.complete(reason);
    }

    private static void cancel(@Nullable ScheduledFuture<?> pending) {
        if (pending != null) {
            pending.cancel(false);
        }
    }

    /** The way out, as the media sees it. */
    private final class Line implements MediaFlow.Out {
        @Override
        public boolean send(byte[] packet, int length) {
            return Viewer.this.send(packet, length);
        }

        @Override
        public boolean isOverloaded() {
            return board.load().isOver();
        }
    }

    /** What comes of DTLS, brought to the port's thread. */
    private final class Handshake implements DtlsSession.Events {
        @Override
        public void secured(MasterKey ours, MasterKey theirs) {
            board.execute(() -> Viewer.this.secured(ours, theirs));
        }

        @Override
        public void received(byte[] data) {
            board.execute(() -> {
                if (state != ViewerStatus.State.ENDED) {
                    channels.ifPresent(c -> c.receive(data));
                }
            });
        }

        @Override
        public void over(String sentence) {
            end(new EndReason.Closed(sentence));
        }
    }
}
