package dev.oriel.egress.passthrough;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.camera.StreamName;
import dev.oriel.api.failure.NoEngine;
import dev.oriel.api.failure.OfferRejected;
import dev.oriel.api.media.Bytes;
import dev.oriel.api.media.EndReason;
import dev.oriel.api.viewer.Offer;
import dev.oriel.api.viewer.ViewerSession;
import dev.oriel.api.viewer.ViewerStatus;
import dev.oriel.egress.passthrough.gather.Wishes;
import dev.oriel.egress.passthrough.net.AddressRules;
import dev.oriel.egress.passthrough.net.HostAddresses;
import dev.oriel.protocol.stun.StunMessage;
import dev.oriel.protocol.stun.StunType;
import dev.oriel.protocol.stun.StunWriter;
import dev.oriel.testkit.viewer.LibWebRtcViewer;
import dev.oriel.testkit.viewer.ViewerStats;
import dev.oriel.testkit.viewer.Want;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Over real sockets, with a real libwebrtc as viewer. */
class PassthroughEngineTest {

    private static final Logger LOG = LoggerFactory.getLogger(PassthroughEngineTest.class);
    static final Wishes LOOPBACK =
            Wishes.only(new HostAddresses(AddressRules.NONE, List.of(InetAddress.getLoopbackAddress())));
    private static final StreamName NAME = new StreamName("clip");
    private static final String LONG_GROUP = "baseline-10s-group.h264";
    private static final String HIGH = "high-2s-group.h264";

    private final PassthroughEngine engine = engine();
    private final List<ViewerSession> sessions = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        engine.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {LONG_GROUP, HIGH})
    void answer_realViewer_seesMovingPicturesAndGetsTheSound(String clip) throws Exception {
        try (ClipCamera camera = new ClipCamera(clip).start();
                LibWebRtcViewer viewer = watch(camera, Want.VIDEO, Want.AUDIO)) {
            viewer.awaitFrames(50, Duration.ofSeconds(15));
            viewer.awaitPictureChange(Duration.ofSeconds(5));

            ViewerStats stats = viewer.stats();
            assertEquals("video/H264", stats.video().codec());
            assertEquals("audio/PCMA", stats.audio().codec());
            assertEquals(0, stats.video().lost());
            assertTrue(stats.audio().received() > 20, stats.toString());
            ViewerStatus status = sessions.get(0).status();
            assertEquals(ViewerStatus.State.PLAYING, status.state());
            assertTrue(status.packetsSent() >= stats.video().received(), status + " " + stats);
            assertEquals(0, status.dropped());
        }
    }

    @Test
    void answer_viewerJoinsNineSecondsIntoAGroup_seesTheLivePictureAtOnce() throws Exception {
        try (ClipCamera camera = new ClipCamera(LONG_GROUP).skip(225).start();
                LibWebRtcViewer warm = watch(camera, Want.VIDEO)) {
            warm.awaitFrames(1, Duration.ofSeconds(15));
            int waiting = camera.groupPackets();
            try (LibWebRtcViewer viewer = watch(camera, Want.AUDIO, Want.VIDEO)) {
                // All of the group is decoded, although it is nine seconds long and the camera has not begun another.
                viewer.awaitFrames(225, Duration.ofSeconds(8));

                Duration first = viewer.firstPictureAfterAnswer().orElseThrow();
                LOG.info("Joined behind {} packets: first picture {} ms after the answer", waiting, first.toMillis());
                assertTrue(first.toMillis() < 2000, "first picture after " + first);
                assertEquals(0, viewer.stats().video().lost());
            }
        }
    }

    @Test
    void answer_tenViewersAtOnce_loseNothing() throws Exception {
        List<LibWebRtcViewer> viewers = new ArrayList<>();
        try (ClipCamera camera = new ClipCamera(HIGH).start()) {
            for (int i = 0; i < 10; i++) {
                viewers.add(watch(camera, Want.VIDEO));
            }
            for (LibWebRtcViewer viewer : viewers) {
                viewer.awaitFrames(Math.max(1, 50 - viewer.framesDecoded()), Duration.ofSeconds(20));
            }
            for (LibWebRtcViewer viewer : viewers) {
                ViewerStats stats = viewer.stats();
                LOG.info(
                        "{} frames, first after {} ms, {} lost, {} freezes",
                        stats.framesDecoded(),
                        viewer.firstPictureAfterAnswer().orElseThrow().toMillis(),
                        stats.video().lost(),
                        stats.freezes());
                assertEquals(0, stats.video().lost());
            }
            assertEquals(10, camera.open.get());
        } finally {
            viewers.forEach(LibWebRtcViewer::close);
        }
    }

    @Test
    void close_ofTheSession_givesTheLeaseBackAndTellsTheViewer() throws Exception {
        try (ClipCamera camera = new ClipCamera(HIGH).start();
                LibWebRtcViewer viewer = watch(camera, Want.VIDEO)) {
            viewer.awaitFrames(5, Duration.ofSeconds(15));

            sessions.get(0).close();

            assertEquals(EndReason.CLOSED, end(sessions.get(0)));
            assertEquals(ViewerStatus.State.ENDED, sessions.get(0).status().state());
            assertEquals(0, camera.open.get());
        }
    }

    @Test
    void viewer_leaves_isNoticedByItsGoodbye() throws Exception {
        try (ClipCamera camera = new ClipCamera(HIGH).start()) {
            LibWebRtcViewer viewer = watch(camera, Want.VIDEO);
            viewer.awaitFrames(5, Duration.ofSeconds(15));

            viewer.close();

            assertEquals(new EndReason.Closed("The viewer has ended the session."), end(sessions.get(0)));
            assertEquals(0, camera.open.get());
        }
    }

    @Test
    void stop_withViewers_endsThemAndLeavesNoThread() throws Exception {
        try (ClipCamera camera = new ClipCamera(HIGH).start();
                LibWebRtcViewer viewer = watch(camera, Want.VIDEO)) {
            viewer.awaitFrames(5, Duration.ofSeconds(15));

            engine.stop();

            assertEquals(
                    "The WebRTC engine is being stopped.", end(sessions.get(0)).sentence());
            assertEquals(0, camera.open.get());
            assertEquals(
                    List.of(),
                    Thread.getAllStackTraces().keySet().stream()
                            .map(Thread::getName)
                            .filter(name -> name.startsWith("oriel-") || name.startsWith("globalEventExecutor"))
                            .toList());
        }
    }

    @Test
    void answer_oneViewerTooMany_isToldSo() throws Exception {
        PassthroughEngine small = new PassthroughEngine(0, LOOPBACK, 1, false);
        try (ClipCamera camera = new ClipCamera(HIGH)) {
            String offer = offer();
            small.answer(NAME, new Offer(offer), camera.lease())
                    .toCompletableFuture()
                    .join();

            CompletionException failure = assertThrows(
                    CompletionException.class,
                    () -> small.answer(NAME, new Offer(offer), camera.lease())
                            .toCompletableFuture()
                            .join());

            assertInstanceOf(NoEngine.class, failure.getCause());
        } finally {
            small.stop();
        }
    }

    @Test
    void change_candidatesRestartAndNonsense_areAnsweredEachInItsWay() throws Exception {
        try (ClipCamera camera = new ClipCamera(HIGH)) {
            ViewerSession session = engine.answer(NAME, new Offer(offer()), camera.lease())
                    .toCompletableFuture()
                    .join();

            String taken = session.change("a=candidate:1 1 udp 2122260223 127.0.0.1 50000 typ host\r\n")
                    .toCompletableFuture()
                    .join();
            String restarted = session.change("a=ice-ufrag:fresh\r\na=ice-pwd:0123456789012345678901\r\n")
                    .toCompletableFuture()
                    .join();
            CompletionException nonsense = assertThrows(
                    CompletionException.class,
                    () -> session.change("nonsense").toCompletableFuture().join());

            assertEquals("", taken);
            assertTrue(restarted.startsWith("a=ice-ufrag:") && restarted.contains("a=candidate:"), restarted);
            assertInstanceOf(OfferRejected.class, nonsense.getCause());
            assertTrue(session.id().matches("[A-Za-z0-9_-]{22,}"), session.id());
        }
    }

    @Test
    void ended_viewerThatNeverComes_saysWhatWasSeenOfIt() throws Exception {
        try (ClipCamera camera = new ClipCamera(HIGH)) {
            String hidden =
                    "a=candidate:1 1 udp 2122260223 d1b2c3d4-1111-2222-3333-444455556666.local 50000 typ host\r\n";
            answer(
                    camera,
                    offer().replaceAll("a=candidate:[^\r\n]*\r?\n", "")
                            .replaceFirst("a=ice-ufrag", hidden + "a=ice-ufrag"));

            String sentence = sessions.get(0)
                    .ended()
                    .toCompletableFuture()
                    .get(25, TimeUnit.SECONDS)
                    .sentence();

            assertTrue(
                    sentence.startsWith("The viewer could not be reached within 15 seconds. Nothing has come"),
                    sentence);
            assertTrue(sentence.endsWith("its browser hides its addresses (.local)."), sentence);
            assertEquals(sentence, sessions.get(0).status().whyNoPicture());
        }
    }

    /** A browser on the same network finds out its address here, and needs no server outside. */
    @Test
    void stun_ofAStranger_isAnsweredOnTheMediaPort() throws Exception {
        try (ClipCamera camera = new ClipCamera(HIGH);
                DatagramSocket stranger = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            ViewerSession session = engine.answer(NAME, new Offer(offer()), camera.lease())
                    .toCompletableFuture()
                    .join();
            Matcher port = Pattern.compile(" 127\\.0\\.0\\.1 (\\d+) typ host").matcher(session.answer());
            assertTrue(port.find(), session.answer());
            byte[] question = new StunWriter(StunType.REQUEST, Bytes.copyOf("twelve bytes".getBytes(UTF_8))).unsigned();
            stranger.setSoTimeout(10_000);
            stranger.send(new DatagramPacket(
                    question, question.length, InetAddress.getLoopbackAddress(), Integer.parseInt(port.group(1))));
            DatagramPacket answer = new DatagramPacket(new byte[100], 100);
            stranger.receive(answer);

            assertEquals(
                    Optional.of(stranger.getLocalSocketAddress()),
                    StunMessage.read(answer.getData(), 0, answer.getLength()).flatMap(StunMessage::mappedAddress));
        }
    }

    /** Where UDP is blocked, both sides' UDP candidates lead nowhere; here the viewer is not told of ours, nor we of its. */
    @ParameterizedTest
    @CsvSource({HIGH + ", 1", LONG_GROUP + ", 225"})
    void answer_viewerThatCannotSendUdp_watchesOverTcp(String clip, int skipped) throws Exception {
        try (ClipCamera camera = new ClipCamera(clip).skip(skipped).start();
                LibWebRtcViewer viewer = LibWebRtcViewer.open(
                        offer -> answer(camera, offer.replaceAll("a=candidate:[^\r\n]*\r\n", ""))
                                .replaceAll("a=candidate:\\S+ 1 udp [^\r\n]*\r\n", ""),
                        Want.VIDEO,
                        Want.AUDIO)) {
            assertTrue(viewer.answer().contains("tcptype passive"), viewer.answer());
            assertFalse(viewer.answer().contains(" udp "), viewer.answer());

            viewer.awaitFrames(50, Duration.ofSeconds(15));

            assertEquals(0, viewer.stats().video().lost());
            assertEquals(0, sessions.get(0).status().dropped());
            LOG.info("Over TCP: {} after the answer", viewer.firstPictureAfterAnswer());
        }
    }

    /** By hand: a check over TCP is answered there, and the connection is closed with the session. */
    @Test
    void close_ofTheSession_closesTheTcpConnectionOfItsViewer() throws Exception {
        try (ClipCamera camera = new ClipCamera(HIGH);
                Socket viewer = new Socket()) {
            String answer = answer(camera, offer());
            Matcher port = Pattern.compile(" tcp \\d+ 127\\.0\\.0\\.1 (\\d+) typ host tcptype passive")
                    .matcher(answer);
            assertTrue(port.find(), answer);
            viewer.setSoTimeout(10_000);
            viewer.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port.group(1))));
            byte[] check = new StunWriter(StunType.REQUEST, Bytes.copyOf("twelve bytes".getBytes(UTF_8)))
                    .username(attribute(answer, "ice-ufrag") + ":" + attribute(offer(), "ice-ufrag"))
                    .priority(1)
                    .controlling(1)
                    .signedWith(attribute(answer, "ice-pwd"));
            DataOutputStream out = new DataOutputStream(viewer.getOutputStream());
            out.writeShort(check.length);
            out.write(check);
            DataInputStream in = new DataInputStream(viewer.getInputStream());
            byte[] reply = in.readNBytes(in.readUnsignedShort());

            assertEquals(
                    Optional.of(viewer.getLocalSocketAddress()),
                    StunMessage.read(reply, 0, reply.length).flatMap(StunMessage::mappedAddress));

            sessions.get(0).close();
            // Sooner than a stranger's would be.
            assertTimeout(Duration.ofSeconds(8), in::readAllBytes);
        }
    }

    private static String attribute(String sdp, String name) {
        Matcher line = Pattern.compile("a=" + name + ":(\\S+)").matcher(sdp);
        assertTrue(line.find(), sdp);
        return line.group(1);
    }

    private LibWebRtcViewer watch(ClipCamera camera, Want... wants) throws Exception {
        return LibWebRtcViewer.open(offer -> answer(camera, offer), wants);
    }

    private String answer(ClipCamera camera, String offer) {
        ViewerSession session = engine.answer(NAME, new Offer(offer), camera.lease())
                .toCompletableFuture()
                .join();
        sessions.add(session);
        return session.answer();
    }

    private static EndReason end(ViewerSession session) throws Exception {
        return session.ended().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static String offer() throws IOException {
        try (var in = PassthroughEngineTest.class.getResourceAsStream("/offer.sdp")) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    private static PassthroughEngine engine() {
        try {
            return new PassthroughEngine(0, LOOPBACK, 100, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
