package dev.oriel.egress.passthrough;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.camera.StreamName;
import dev.oriel.api.viewer.Offer;
import dev.oriel.api.viewer.ViewerSession;
import dev.oriel.api.viewer.ViewerStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ice4j.Transport;
import org.ice4j.TransportAddress;
import org.ice4j.ice.Agent;
import org.ice4j.ice.CandidateType;
import org.ice4j.ice.Component;
import org.ice4j.ice.HostCandidate;
import org.ice4j.ice.IceMediaStream;
import org.ice4j.ice.IceProcessingState;
import org.ice4j.ice.KeepAliveStrategy;
import org.ice4j.ice.NominationStrategy;
import org.ice4j.ice.RemoteCandidate;
import org.ice4j.socket.IceUdpSocketWrapper;
import org.ice4j.socket.MultiplexingDatagramSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Another implementation of ICE, Jitsi's, as the controlling side, over loopback. */
class Ice4jTest {

    private static final Pattern UDP_CANDIDATE =
            Pattern.compile("a=candidate:(\\S+) 1 udp (\\d+) (127\\.0\\.0\\.1) (\\d+) typ host");
    private static final long PATIENCE_SECONDS = 20;

    private final ClipCamera camera;
    private PassthroughEngine engine;
    private Agent agent;
    private Component component;
    private MultiplexingDatagramSocket socket;

    Ice4jTest() throws IOException {
        camera = new ClipCamera("high-2s-group.h264");
    }

    /** Else it asks the cloud it may run in for its address. */
    @BeforeAll
    static void staysHere() {
        System.setProperty("ice4j.harvest.mapping.aws.enabled", "false");
        java.util.logging.Logger.getLogger("").setLevel(Level.SEVERE);
    }

    @BeforeEach
    void open() throws Exception {
        engine = new PassthroughEngine(0, PassthroughEngineTest.LOOPBACK, 10, true);
        agent = new Agent();
        agent.setControlling(true);
        agent.setUseDynamicPorts(false);
        IceMediaStream stream = agent.createMediaStream("media");
        component = agent.createComponent(stream, KeepAliveStrategy.SELECTED_ONLY, true);
        // It makes no candidates of loopback addresses by itself.
        socket = new MultiplexingDatagramSocket(0, InetAddress.getLoopbackAddress());
        HostCandidate host = new HostCandidate(new IceUdpSocketWrapper(socket), component);
        component.addLocalCandidate(host);
        agent.getStunStack().addSocket(host.getStunSocket(null));
    }

    @AfterEach
    void close() {
        agent.free();
        socket.close();
        engine.stop();
        camera.close();
    }

    @ParameterizedTest
    @CsvSource({"NOMINATE_FIRST_VALID, true", "NOMINATE_FIRST_VALID, false", "NOMINATE_HIGHEST_PRIO, false"})
    void answer_controllingAgent_completes(NominationStrategy nomination, boolean candidates) throws Exception {
        agent.setNominationStrategy(nomination);

        ViewerSession session = connect(candidates);

        assertEquals(
                socket.getLocalPort(),
                component
                        .getSelectedPair()
                        .getLocalCandidate()
                        .getTransportAddress()
                        .getPort());
        assertEquals(ViewerStatus.State.SECURING, session.status().state());
    }

    /** RFC 7675: it is over within thirty seconds, as when the browser is killed. */
    @Test
    void ended_agentThatVanishes_isMissedWithinThirtySeconds() throws Exception {
        ViewerSession session = connect(true);
        long vanished = System.nanoTime();
        socket.close();

        session.ended().toCompletableFuture().get(40, TimeUnit.SECONDS);

        Duration missed = Duration.ofNanos(System.nanoTime() - vanished);
        assertTrue(missed.toMillis() > 10_000 && missed.toMillis() <= 30_000, missed::toString);
    }

    private ViewerSession connect(boolean candidates) throws Exception {
        ViewerSession session = engine.answer(new StreamName("clip"), new Offer(offer(candidates)), camera.lease())
                .toCompletableFuture()
                .join();
        IceMediaStream stream = component.getParentStream();
        stream.setRemoteUfrag(line(session.answer(), "ice-ufrag"));
        stream.setRemotePassword(line(session.answer(), "ice-pwd"));
        Matcher candidate = UDP_CANDIDATE.matcher(session.answer());
        assertTrue(candidate.find(), session.answer());
        component.addRemoteCandidate(new RemoteCandidate(
                new TransportAddress(candidate.group(3), Integer.parseInt(candidate.group(4)), Transport.UDP),
                component,
                CandidateType.HOST_CANDIDATE,
                candidate.group(1),
                Long.parseLong(candidate.group(2)),
                null));
        CompletableFuture<IceProcessingState> over = new CompletableFuture<>();
        agent.addStateChangeListener(change -> {
            if (change.getNewValue() instanceof IceProcessingState state
                    && (state == IceProcessingState.COMPLETED || state == IceProcessingState.FAILED)) {
                over.complete(state);
            }
        });
        agent.startConnectivityEstablishment();
        assertEquals(IceProcessingState.COMPLETED, over.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        return session;
    }

    private String offer(boolean candidates) throws IOException {
        try (var in = Ice4jTest.class.getResourceAsStream("/offer.sdp")) {
            String own = candidates
                    ? "a=candidate:1 1 udp 2130706431 127.0.0.1 " + socket.getLocalPort() + " typ host\r\n"
                    : "";
            return new String(in.readAllBytes(), UTF_8)
                    .replaceAll("a=candidate:[^\\r\\n]*\\r?\\n", "")
                    .replaceAll("a=ice-ufrag:[^\\r\\n]*\\r?\\n", "a=ice-ufrag:" + agent.getLocalUfrag() + "\r\n" + own)
                    .replaceAll("a=ice-pwd:[^\\r\\n]*", "a=ice-pwd:" + agent.getLocalPassword());
        }
    }

    private static String line(String sdp, String name) {
        return sdp.lines()
                .filter(line -> line.startsWith("a=" + name + ":"))
                .findFirst()
                .orElseThrow()
                .substring(name.length() + 3);
    }
}
