package dev.oriel.egress.passthrough;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.camera.StreamName;
import dev.oriel.api.media.EndReason;
import dev.oriel.api.viewer.Offer;
import dev.oriel.api.viewer.ViewerSession;
import dev.oriel.api.viewer.ViewerStatus;
import dev.oriel.testkit.viewer.LibWebRtcViewer;
import dev.oriel.testkit.viewer.Want;
import java.net.InetAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the clients of older servers restart by: their data channel closes. With a real libwebrtc. */
class DataChannelTest {

    private static final String CLIP = "high-2s-group.h264";
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final PassthroughEngine engine;
    private final List<ViewerSession> sessions = new CopyOnWriteArrayList<>();

    DataChannelTest() throws SocketException {
        engine = new PassthroughEngine(0, List.of(InetAddress.getLoopbackAddress()), 100, false);
    }

    @AfterEach
    void stop() {
        engine.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"VIDEO,AUDIO,DATA_CHANNEL", "DATA_CHANNEL,VIDEO", "VIDEO,DATA_CHANNEL,AUDIO"})
    void channel_inAnyPlaceOfTheOffer_opensBesideThePicture(String wants) throws Exception {
        Want[] wanted = List.of(wants.split(",")).stream().map(Want::valueOf).toArray(Want[]::new);
        try (ClipCamera camera = new ClipCamera(CLIP).start();
                LibWebRtcViewer viewer = watch(camera, UnaryOperator.identity(), wanted)) {
            viewer.awaitChannelOpen(PATIENCE);
            viewer.awaitFrames(25, PATIENCE);

            assertThrows(AssertionError.class, () -> viewer.awaitChannelClosed(Duration.ofMillis(1500)));
        }
    }

    @Test
    void channel_closesAtOnceWhenTheSourceEnds() throws Exception {
        ClipCamera camera = new ClipCamera(CLIP).start();
        try (LibWebRtcViewer viewer = watch(camera, UnaryOperator.identity(), Want.VIDEO, Want.DATA_CHANNEL)) {
            viewer.awaitChannelOpen(PATIENCE);
            viewer.awaitFrames(5, PATIENCE);

            sessions.get(0).close();

            viewer.awaitChannelClosed(Duration.ofSeconds(2));
        } finally {
            camera.close();
        }
    }

    @Test
    void channel_closesAtOnceWhenTheEngineStops() throws Exception {
        try (ClipCamera camera = new ClipCamera(CLIP).start();
                LibWebRtcViewer viewer = watch(camera, UnaryOperator.identity(), Want.VIDEO, Want.DATA_CHANNEL)) {
            viewer.awaitChannelOpen(PATIENCE);

            engine.stop();

            viewer.awaitChannelClosed(Duration.ofSeconds(2));
        }
    }

    @Test
    void messages_areTakenAndDropped() throws Exception {
        try (ClipCamera camera = new ClipCamera(CLIP).start();
                LibWebRtcViewer viewer = watch(camera, UnaryOperator.identity(), Want.VIDEO, Want.DATA_CHANNEL)) {
            viewer.awaitChannelOpen(PATIENCE);

            for (int i = 0; i < 20; i++) {
                viewer.say(new byte[50_000]);
            }

            long end = System.nanoTime() + PATIENCE.toNanos();
            while (viewer.unsaidBytes() > 0 && System.nanoTime() < end) {
                viewer.awaitFrames(1, PATIENCE);
            }
            assertEquals(0, viewer.unsaidBytes());
            assertEquals(ViewerStatus.State.PLAYING, sessions.get(0).status().state());
        }
    }

    /** As some players do that are DTLS servers always; libwebrtc itself takes either. */
    @Test
    void offer_thatWaitsForTheHandshake_isServedAsDtlsClient() throws Exception {
        try (ClipCamera camera = new ClipCamera(CLIP).start();
                LibWebRtcViewer viewer = watch(
                        camera,
                        offer -> offer.replace("a=setup:actpass", "a=setup:passive"),
                        Want.VIDEO,
                        Want.DATA_CHANNEL)) {
            viewer.awaitChannelOpen(PATIENCE);
            viewer.awaitFrames(25, PATIENCE);

            assertTrue(viewer.answer().contains("a=setup:active"), viewer.answer());
            assertEquals(0, viewer.stats().video().lost());
            viewer.close();
            assertEquals(
                    new EndReason.Closed("The viewer has ended the session."),
                    sessions.get(0).ended().toCompletableFuture().get(10, TimeUnit.SECONDS));
        }
    }

    private LibWebRtcViewer watch(ClipCamera camera, UnaryOperator<String> change, Want... wants) throws Exception {
        return LibWebRtcViewer.open(
                offer -> {
                    ViewerSession session = engine.answer(
                                    new StreamName("clip"), new Offer(change.apply(offer)), camera.lease())
                            .toCompletableFuture()
                            .join();
                    sessions.add(session);
                    return session.answer();
                },
                wants);
    }
}
