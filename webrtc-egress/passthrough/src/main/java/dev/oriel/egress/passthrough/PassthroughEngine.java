package dev.oriel.egress.passthrough;

import dev.oriel.api.camera.StreamName;
import dev.oriel.api.failure.NoEngine;
import dev.oriel.api.failure.RelayException;
import dev.oriel.api.hub.StreamLease;
import dev.oriel.api.media.EndReason;
import dev.oriel.api.time.Ticker;
import dev.oriel.api.viewer.EgressEngine;
import dev.oriel.api.viewer.Offer;
import dev.oriel.api.viewer.ViewerSession;
import dev.oriel.egress.passthrough.dtls.DtlsIdentity;
import dev.oriel.egress.passthrough.dtls.DtlsWorkers;
import dev.oriel.egress.passthrough.dtls.WarmUp;
import dev.oriel.egress.passthrough.gather.Findings;
import dev.oriel.egress.passthrough.gather.Gathering;
import dev.oriel.egress.passthrough.gather.Wishes;
import dev.oriel.egress.passthrough.net.TcpPort;
import dev.oriel.egress.passthrough.net.UdpPort;
import dev.oriel.egress.passthrough.net.Wire;
import dev.oriel.egress.passthrough.net.Wires;
import dev.oriel.egress.passthrough.session.LoadProbe;
import dev.oriel.egress.passthrough.session.Switchboard;
import dev.oriel.egress.passthrough.session.Viewer;
import dev.oriel.protocol.ice.Candidate;
import dev.oriel.protocol.ice.IceCredentials;
import dev.oriel.protocol.ice.IceRole;
import dev.oriel.protocol.ice.Transport;
import dev.oriel.protocol.webrtc.Answer;
import dev.oriel.protocol.webrtc.AnswerTerms;
import dev.oriel.protocol.webrtc.Answerer;
import dev.oriel.protocol.webrtc.SessionOffer;
import java.net.SocketException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine that forwards a camera's packets as they are, from one UDP port for all viewers.
 *
 * <p>One thread reads and writes the port and encrypts; handshakes run on a few workers. When the component goes away, its
 * sessions end with a reason, viewers are told, and no thread or socket stays.
 */
@Component(service = EgressEngine.class, configurationPid = EgressSettings.PID)
@Designate(ocd = EgressSettings.class)
public final class PassthroughEngine implements EgressEngine {

    private static final Logger LOG = LoggerFactory.getLogger(PassthroughEngine.class);
    private static final int ID_BYTES = 16;
    private static final long REFRESH_SECONDS = 15;
    private static final long STOP_SECONDS = 3;

    private final SecureRandom random = Ambience.random();
    private final ThreadPoolExecutor handshakes = Ambience.handshakes();
    private final ThreadPoolExecutor errands = Ambience.errands();
    private final int maxViewers;
    private final DtlsIdentity identity;
    private final Switchboard board;
    private final UdpPort port;
    private final Optional<TcpPort> tcp;
    private final Wire wire;
    private final Gathering gathering;
    private volatile boolean stopped;

    /** @throws SocketException if no UDP port can be opened at all */
    @Activate
    public PassthroughEngine(EgressSettings settings) throws SocketException {
        this(settings.udpPort(), new WishReader(LOG::warn).read(settings), settings.maxViewers(), settings.tcp());
    }

    PassthroughEngine(int udpPort, Wishes wishes, int maxViewers, boolean tcpToo) throws SocketException {
        this.maxViewers = maxViewers;
        Clock clock = Ambience.wallClock();
        Ticker ticker = Ambience.ticker();
        long unixMinusMonotonicNanos = Ambience.unixMinusMonotonicNanos(clock, ticker);
        identity = DtlsIdentity.create(random, clock.millis());
        DtlsWorkers workers = DtlsWorkers.on(handshakes, errands);
        board = new Switchboard(new Switchboard.Means(ticker, random, identity, workers, unixMinusMonotonicNanos));
        port = new UdpPort(udpPort, wishes.hosts(), Ambience.threads("oriel-egress"), board);
        tcp = tcpToo ? Optional.of(new TcpPort(port, board)) : Optional.empty();
        Map<Transport, Wire> wires = new EnumMap<>(Map.of(Transport.UDP, port));
        tcp.ifPresent(t -> wires.put(Transport.TCP, t));
        gathering = new Gathering(
                wishes, new Gathering.Means(port, tcp, board, ticker, random, errands, unixMinusMonotonicNanos));
        gathering.relay().ifPresent(r -> wires.put(Transport.RELAYED, r));
        wire = new Wires(wires);
        board.runOn(port.loop(), wire);
        port.loop().execute(new LoadProbe(port.loop(), board, Ambience::cpuNanos));
        new WarmUp(identity).run(workers);
        LOG.info("Media goes out from UDP port {} by {}", port.port(), port.sockets());
        board.tell(gathering::received);
        gathering.onChange(this::tellViewers);
        gathering.start();
        port.loop()
                .scheduleWithFixedDelay(
                        () -> errands.execute(this::refresh), REFRESH_SECONDS, REFRESH_SECONDS, TimeUnit.SECONDS);
    }

    private void tellViewers() {
        List<Candidate> announced = gathering.announced();
        List<Candidate> usable = gathering.usable();
        board.viewers().forEach(viewer -> viewer.found(announced, usable));
    }

    /** Where viewers may come to, as far as it is known now, and what is missing. */
    public Findings findings() {
        return gathering.findings();
    }

    private void refresh() {
        port.refresh();
        tcp.ifPresent(t -> t.refresh(port.open()));
        gathering.refresh();
    }

    @Override
    public CompletionStage<ViewerSession> answer(StreamName stream, Offer offer, StreamLease lease) {
        try {
            return CompletableFuture.completedFuture(open(stream, offer, lease));
        } catch (RelayException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Viewer open(StreamName stream, Offer offer, StreamLease lease) {
        if (stopped) {
            throw new NoEngine("The WebRTC engine is being stopped.");
        }
        if (board.viewers().size() >= maxViewers) {
            throw new NoEngine("There are " + maxViewers + " viewers already, which is as many as are let in.");
        }
        board.whyFull().ifPresent(sentence -> {
            throw new NoEngine(sentence);
        });
        SessionOffer read = SessionOffer.parse(offer.sdp());
        IceCredentials credentials = IceCredentials.random(random);
        List<Candidate> announced = gathering.announced();
        Answer answer = Answerer.answer(
                read, lease.tracks(), new AnswerTerms(credentials, identity.fingerprint(), announced, random));
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        Viewer viewer = new Viewer(
                new Viewer.Terms(
                        Base64.getUrlEncoder().withoutPadding().encodeToString(id),
                        stream,
                        read.credentials(),
                        read.isLite() ? IceRole.CONTROLLING : IceRole.CONTROLLED,
                        read.fingerprints(),
                        read.candidates(),
                        read.hiddenCandidates(),
                        answer,
                        credentials,
                        announced,
                        gathering.usable()),
                lease,
                board,
                wire);
        viewer.start();
        return viewer;
    }

    /** Ends every session, then threads and sockets; blocks until they are gone. Idempotent. */
    @Deactivate
    public synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        for (Viewer viewer : board.viewers()) {
            viewer.end(new EndReason.Closed("The WebRTC engine is being stopped."));
        }
        // Twice through the port's thread: ending a session leaves its last words to be sent there.
        await();
        await();
        handshakes.shutdownNow();
        errands.shutdownNow();
        gathering.close();
        tcp.ifPresent(TcpPort::close);
        port.close();
        try {
            if (!handshakes.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)
                    || !errands.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("A handshake's thread does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void await() {
        CountDownLatch done = new CountDownLatch(1);
        port.loop().execute(done::countDown);
        try {
            if (!done.await(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("The thread of the UDP port is stuck");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
