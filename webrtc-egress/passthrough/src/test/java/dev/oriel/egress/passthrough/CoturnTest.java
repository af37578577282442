package dev.oriel.egress.passthrough;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.camera.StreamName;
import dev.oriel.api.viewer.Offer;
import dev.oriel.api.viewer.ViewerSession;
import dev.oriel.testkit.camera.Certificate;
import dev.oriel.testkit.viewer.LibWebRtcViewer;
import dev.oriel.testkit.viewer.Want;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real TURN server between the engine and a real libwebrtc. */
class CoturnTest {

    private static final String[] LONG_TERM = {"--lt-cred-mech", "--user", "camera:north star"};
    private static final String[] SECRET = {"--use-auth-secret", "--static-auth-secret", "north star"};
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "turn:127.0.0.1:PORT, false",
        "turn:127.0.0.1:PORT?transport=tcp, false",
        "turns:127.0.0.1:TLS, false",
        "turn:127.0.0.1:PORT, true",
        "turns:127.0.0.1:TLS, true"
    })
    void answer_viewerBehindTheRelay_seesMovingPictures(String uri, boolean bySecret) throws Exception {
        Certificate certificate = opened(Certificate.selfSigned());
        Coturn coturn = opened(Coturn.start(certificate.file(), bySecret ? SECRET : LONG_TERM));
        PassthroughEngine engine = engine(coturn, certificate, bySecret, uri);
        await(engine, "relay");
        ClipCamera camera = opened(new ClipCamera("high-2s-group.h264").start());

        LibWebRtcViewer viewer = opened(LibWebRtcViewer.open(offer -> relayOnly(engine, camera, offer), Want.VIDEO));

        viewer.awaitFrames(50, PATIENCE);
        assertEquals(0, viewer.stats().video().lost(), viewer.stats().toString());
        assertTrue(coturn.output().contains("CHANNEL_BIND processed, success"), coturn.output());
        assertFalse(
                engine.findings().toString().contains("north star"),
                engine.findings().toString());
    }

    @Test
    void findings_serverThatIsStopped_tellsSoAndComesBack() throws Exception {
        Certificate certificate = opened(Certificate.selfSigned());
        Coturn coturn = opened(Coturn.start(certificate.file(), LONG_TERM));
        PassthroughEngine engine = engine(coturn, certificate, false, "turn:127.0.0.1:PORT?transport=tcp");
        await(engine, "relay");

        coturn.close();

        await(engine, "has closed the connection");
        assertFalse(
                engine.findings().toString().contains("relay"),
                engine.findings().toString());
    }

    @Test
    void findings_wrongPassword_isSaidWithoutIt() throws Exception {
        Certificate certificate = opened(Certificate.selfSigned());
        Coturn coturn = opened(Coturn.start(certificate.file(), "--lt-cred-mech", "--user", "camera:south"));

        PassthroughEngine engine = engine(coturn, certificate, false, "turn:127.0.0.1:PORT");

        await(engine, "does not accept the user name and password");
        assertFalse(
                engine.findings().toString().contains("north star"),
                engine.findings().toString());
    }

    @Test
    void findings_certificateNobodyVouchesFor_isSaid() throws Exception {
        Certificate certificate = opened(Certificate.selfSigned());
        Certificate other = opened(Certificate.selfSigned());
        Coturn coturn = opened(Coturn.start(certificate.file(), LONG_TERM));

        PassthroughEngine engine = engine(coturn, other, false, "turns:127.0.0.1:TLS");

        await(engine, HexFormat.ofDelimiter(":").withUpperCase().formatHex(certificate.sha256()));
    }

    @Test
    void stop_withARelay_givesTheAddressBack() throws Exception {
        Certificate certificate = opened(Certificate.selfSigned());
        Coturn coturn = opened(Coturn.start(certificate.file(), LONG_TERM));
        PassthroughEngine engine = engine(coturn, certificate, false, "turn:127.0.0.1:PORT");
        await(engine, "relay");

        engine.stop();

        awaitTrue(
                () -> coturn.output().contains("refreshed") && coturn.output().contains("lifetime=0"), coturn::output);
    }

    private PassthroughEngine engine(Coturn coturn, Certificate certificate, boolean bySecret, String uri)
            throws Exception {
        Map<String, Object> values = new HashMap<>(Map.of(
                "udpPort", 0,
                // No way but the relay's: a loopback address reaches no address of a viewer's.
                "allowNetworks", new String[] {"127.0.0.0/8"},
                "hostCandidates", new String[] {"127.0.0.1"},
                "stunServers", new String[] {"127.0.0.1:" + coturn.port},
                "turnServers",
                        new String[] {uri.replace("PORT", "" + coturn.port).replace("TLS", "" + coturn.tlsPort)},
                "turnFingerprint", HexFormat.ofDelimiter(":").formatHex(certificate.sha256())));
        if (bySecret) {
            values.put("_turnSecret", "north star");
        } else {
            values.put("turnUsername", "camera");
            values.put("_turnPassword", "north star");
        }
        PassthroughEngine engine = new PassthroughEngine(WishReaderTest.settings(values));
        open.add(engine::stop);
        return engine;
    }

    /** The answer without any candidate but the relay's, to an offer that says where permissions are needed. */
    private static String relayOnly(PassthroughEngine engine, ClipCamera camera, String offer) {
        // Where there is no interface but loopback, libwebrtc names no address.
        String known = offer.replaceFirst("(?m)^(a=mid:.*)$", "$1\r\na=candidate:9 1 udp 1 127.0.0.1 9 typ host");
        ViewerSession session = engine.answer(new StreamName("clip"), new Offer(known), camera.lease())
                .toCompletableFuture()
                .join();
        Predicate<String> direct = line -> line.startsWith("a=candidate:") && !line.contains(" typ relay ");
        return session.answer().lines().filter(direct.negate()).collect(Collectors.joining("\r\n", "", "\r\n"));
    }

    private static void await(PassthroughEngine engine, String text) throws Exception {
        awaitTrue(
                () -> engine.findings().toString().contains(text),
                () -> engine.findings().toString());
    }

    private static void awaitTrue(
            java.util.function.BooleanSupplier condition, java.util.function.Supplier<String> what) throws Exception {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < giveUp, what);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private <T extends AutoCloseable> T opened(T closeable) {
        open.add(closeable);
        return closeable;
    }
}
