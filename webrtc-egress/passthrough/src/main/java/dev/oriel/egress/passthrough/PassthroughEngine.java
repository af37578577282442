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
import dev.oriel.egress.passthrough.dtls.WarmUp;
import dev.oriel.egress.passthrough.net.TcpPort;
import dev.oriel.egress.passthrough.net.UdpPort;
import dev.oriel.egress.passthrough.net.Wire;
import dev.oriel.egress.passthrough.net.Wires;
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
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
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
    private final ThreadPoolExecutor workers = Ambience.workers();
    private final int maxViewers;
    private final DtlsIdentity identity;
    private final Switchboard board;
    private final UdpPort port;
    private final Optional<TcpPort> tcp;
    private final Wire wire;
    private volatile boolean stopped;

    /** @throws SocketException if no UDP port can be opened at all */
    @Activate
    public PassthroughEngine(EgressSettings settings) throws SocketException {
        this(settings.udpPort(), addresses(settings.hostCandidates()), settings.maxViewers(), settings.tcp());
    }

    PassthroughEngine(int udpPort, List<InetAddress> furtherAddresses, int maxViewers, boolean tcpToo)
            throws SocketException {
        this.maxViewers = maxViewers;
        Clock clock = Ambience.wallClock();
        Ticker ticker = Ambience.ticker();
        identity = DtlsIdentity.create(random, clock.millis());
        board = new Switchboard(new Switchboard.Means(
                ticker, random, identity, workers, Ambience.unixMinusMonotonicNanos(clock, ticker)));
        port = new UdpPort(udpPort, furtherAddresses, Ambience.threads("oriel-egress"), board);
        tcp = tcpToo ? Optional.of(new TcpPort(port, board)) : Optional.empty();
        Map<Transport, Wire> wires = new EnumMap<>(Map.of(Transport.UDP, port));
        tcp.ifPresent(t -> wires.put(Transport.TCP, t));
        wire = new Wires(wires);
        board.runOn(port.loop(), wire);
        workers.execute(this::warmUp);
        port.loop()
                .scheduleWithFixedDelay(
                        () -> workers.execute(this::refresh), REFRESH_SECONDS, REFRESH_SECONDS, TimeUnit.SECONDS);
        LOG.info("Media goes out from UDP port {} of {} by {}", port.port(), hosts(port.announced()), port.sockets());
        LOG.info(
                "Viewers without UDP may connect to TCP port {} of {}",
                port.port(),
                hosts(tcp.map(TcpPort::open).orElse(List.of())));
    }

    private void refresh() {
        port.refresh();
        tcp.ifPresent(t -> t.refresh(port.open()));
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
        SessionOffer read = SessionOffer.parse(offer.sdp());
        IceCredentials credentials = IceCredentials.random(random);
        List<Candidate> announced = announced();
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
                        answer,
                        credentials,
                        announced,
                        candidates(port.open())),
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
        workers.shutdownNow();
        tcp.ifPresent(TcpPort::close);
        port.close();
        try {
            if (!workers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
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

    private void warmUp() {
        try {
            new WarmUp(identity).run(workers);
        } catch (IOException | RuntimeException e) {
            if (!stopped) {
                LOG.debug("The first handshake will be slow", e);
            }
        }
    }

    /** Where viewers may come to; by TCP where that is open, and where only a router knows, since it is open somewhere. */
    private List<Candidate> announced() {
        List<InetSocketAddress> addresses = port.announced();
        List<Candidate> candidates = candidates(addresses);
        List<InetSocketAddress> ours = port.open();
        List<InetSocketAddress> open = tcp.map(TcpPort::open).orElse(List.of());
        addresses.stream()
                .filter(a -> open.contains(a) || !open.isEmpty() && !ours.contains(a))
                .forEach(a -> candidates.add(Candidate.passive(a, candidates.size() - addresses.size())));
        return candidates;
    }

    private static List<Candidate> candidates(List<InetSocketAddress> addresses) {
        List<Candidate> candidates = new ArrayList<>();
        for (InetSocketAddress address : addresses) {
            candidates.add(Candidate.host(address, candidates.size()));
        }
        return candidates;
    }

    private static String hosts(List<InetSocketAddress> addresses) {
        return String.join(
                ", ",
                addresses.stream().map(a -> a.getAddress().getHostAddress()).toList());
    }

    private static List<InetAddress> addresses(String[] texts) {
        List<InetAddress> addresses = new ArrayList<>();
        for (String text : texts) {
            try {
                addresses.add(InetAddress.getByName(text.strip()));
            } catch (UnknownHostException e) {
                LOG.warn("{} is no address of this machine and is passed over", text);
            }
        }
        return addresses;
    }
}
