package dev.oriel.itest.karaf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.itest.watcher.WatcherMBean;
import dev.oriel.testkit.viewer.LibWebRtcViewer;
import dev.oriel.testkit.viewer.Want;
import dev.oriel.testkit.viewer.WhepAnswerer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each part replaced while somebody watches, and at the end all of them stopped. Who watches is a bundle in the same Karaf, or a
 * viewer with a real libwebrtc outside of it.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HotSwapTest {

    @RegisterExtension
    static final Karaf KARAF = Karaf.withRepository(Karaf.REPOSITORY);

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final long SOME_FRAMES = 50;
    private static final String INGEST = "dev.oriel.ingest.rtsp";
    private static final String EGRESS = "dev.oriel.egress.passthrough";
    private static final String CORE = "dev.oriel.core";
    private static final String SIGNALING = "dev.oriel.signaling";
    private static final String DISCOVERY = "dev.oriel.discovery";

    /** What libwebrtc calls a connection that is over, or that it hears nothing of. */
    private static final Set<String> OVER = Set.of("CLOSED", "FAILED", "DISCONNECTED");

    private static Set<String> socketsBefore = Set.of();
    private static Set<Path> temporaryFilesBefore = Set.of();

    @BeforeAll
    static void install() throws IOException {
        KARAF.console().installFeature("scr");
        KARAF.console().installFeature("http-whiteboard");
        Eventually.of("web server", SOON, () -> KARAF.get("/").statusCode(), status -> status > 0);
        socketsBefore = Sockets.of(KARAF.console().processId());
        temporaryFilesBefore = KARAF.temporaryFiles();
        KARAF.console().addRepository(Karaf.FEATURES);
        KARAF.console().installFeature("oriel");
        KARAF.console()
                .install(Karaf.PARTS
                        .resolve("dev.oriel.itest.watcher.jar")
                        .toUri()
                        .toString());
    }

    @Test
    @Order(1)
    void ingestStoppedAndStarted_whileWatched_picturesComeAgainOnTheSameLease() {
        WatcherMBean watcher = watching("demo");
        long descriptions = watcher.getDescriptions();

        KARAF.console().stop(INGEST);
        long keyframes = watcher.getKeyframes();
        KARAF.console().start(INGEST);

        Eventually.of("keyframes", SOON, watcher::getKeyframes, now -> now > keyframes);
        assertTrue(watcher.getDescriptions() > descriptions, "the tracks are told again");
    }

    @Test
    @Order(2)
    void ingestUpdated_whileWatched_picturesComeAgainOnTheSameLease() {
        WatcherMBean watcher = watching("demo");

        KARAF.console().update(INGEST);

        long keyframes = watcher.getKeyframes();
        Eventually.of("keyframes", SOON, watcher::getKeyframes, now -> now > keyframes);
    }

    @ParameterizedTest
    @ValueSource(strings = {EGRESS, SIGNALING, DISCOVERY})
    @Order(3)
    void partThatIsNotBetweenCameraAndSink_updatedWhileWatched_isNotNoticed(String part) {
        WatcherMBean watcher = watching("demo");
        long descriptions = watcher.getDescriptions();

        KARAF.console().update(part);

        long packets = watcher.getPackets();
        Eventually.of("packets", SOON, watcher::getPackets, now -> now > packets + 50);
        assertEquals(descriptions, watcher.getDescriptions(), "the camera was not opened anew");
    }

    @Test
    @Order(3)
    void ingestStoppedStartedAndUpdated_whileViewerPlays_sameConnectionDecodesAgain() throws Exception {
        try (LibWebRtcViewer viewer = playing(whep())) {
            KARAF.console().stop(INGEST);
            KARAF.console().start(INGEST);
            viewer.awaitFrames(SOME_FRAMES, SOON);

            KARAF.console().update(INGEST);
            viewer.awaitFrames(SOME_FRAMES, SOON);

            assertEquals("CONNECTED", viewer.connectionState());
        }
    }

    @Test
    @Order(3)
    void egressUpdated_whileViewerPlays_itsSessionEndsAndTheNextViewerPlays() throws Exception {
        WhepAnswerer whep = whep();
        try (LibWebRtcViewer viewer = playing(whep)) {
            KARAF.console().update(EGRESS);

            Eventually.of("connection", SOON, viewer::connectionState, OVER::contains);
            assertEquals(404, whep.delete(), "the session is gone at the server, too");
        }
        playing(whep()).close();
    }

    @ParameterizedTest
    @ValueSource(strings = {SIGNALING, DISCOVERY})
    @Order(3)
    void partThatIsNotBetweenCameraAndViewer_updatedWhileViewerPlays_framesGoOnAndItsSessionIsKnown(String part)
            throws Exception {
        WhepAnswerer whep = whep();
        try (LibWebRtcViewer viewer = playing(whep)) {
            KARAF.console().update(part);

            viewer.awaitFrames(SOME_FRAMES, SOON);
            assertEquals("CONNECTED", viewer.connectionState());
            assertEquals(200, Eventually.of("session", SOON, whep::delete, HotSwapTest::isFromSignaling));
            Eventually.of("connection", SOON, viewer::connectionState, OVER::contains);
        }
    }

    @Test
    @Order(4)
    void coreUpdated_whileWatched_whoLooksItUpAgainIsServedAgain() {
        watching("demo");

        KARAF.console().update(CORE);

        watching("demo");
    }

    @Test
    @Order(5)
    void eachPart_stoppedAndStartedTenTimes_runsAgain() throws Exception {
        for (int i = 0; i < 10; i++) {
            for (String part : List.of(INGEST, EGRESS, SIGNALING, DISCOVERY, CORE)) {
                KARAF.console().stop(part);
                KARAF.console().start(part);
            }
        }

        Eventually.of(
                "bundles", SOON, KARAF.console()::ours, ours -> KARAF.console().allActive());
        watching("demo");
        playing(whep()).close();
    }

    @Test
    @Order(9)
    void allStopped_whileWatched_leaveNoThreadNoSocketNoFile() throws Exception {
        watching("demo");
        try (LibWebRtcViewer viewer = playing(whep())) {
            assertEquals("CONNECTED", viewer.connectionState());
            assertFalse(KARAF.console().threadsOfOurs().isEmpty(), "threads are known by their names");

            for (String bundle : KARAF.console().ours().keySet()) {
                KARAF.console().stop(bundle);
            }
        }

        Eventually.of("threads", SOON, KARAF.console()::threadsOfOurs, List::isEmpty);
        assertEquals(socketsBefore, Sockets.of(KARAF.console().processId()));
        assertEquals(temporaryFilesBefore, KARAF.temporaryFiles());
    }

    private static WatcherMBean watching(String camera) {
        WatcherMBean watcher = KARAF.console().watcher();
        Eventually.of("cameras", SOON, () -> List.of(watcher.getCameras()), names -> names.contains(camera));
        watcher.watch(camera);
        Eventually.of("keyframes", SOON, watcher::getKeyframes, keyframes -> keyframes > 0);
        return watcher;
    }

    private static WhepAnswerer whep() {
        return new WhepAnswerer(KARAF.http("/oriel/demo/whep"));
    }

    /** A viewer that sees something, whenever the parts are ready for it. */
    private static LibWebRtcViewer playing(WhepAnswerer whep) throws Exception {
        LibWebRtcViewer viewer =
                Eventually.of("viewer", SOON, () -> LibWebRtcViewer.open(whep, Want.VIDEO, Want.AUDIO), any -> true);
        try {
            viewer.awaitFrames(SOME_FRAMES, SOON);
            return viewer;
        } catch (InterruptedException | AssertionError e) {
            viewer.close();
            throw e;
        }
    }

    /** The web server itself answers 404, and with a page, while the bundle that answers is being exchanged. */
    private static boolean isFromSignaling(int status) {
        return status != 404;
    }
}
