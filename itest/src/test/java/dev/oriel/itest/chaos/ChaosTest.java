package dev.oriel.itest.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.oriel.itest.standalone.StandaloneOriel;
import dev.oriel.testkit.camera.Audio;
import dev.oriel.testkit.camera.Cable;
import dev.oriel.testkit.camera.GstreamerCamera;
import dev.oriel.testkit.camera.Scene;
import dev.oriel.testkit.camera.Serving;
import dev.oriel.testkit.camera.Video;
import dev.oriel.testkit.viewer.LibWebRtcViewer;
import dev.oriel.testkit.viewer.Want;
import dev.oriel.testkit.viewer.WhepAnswerer;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * One viewer through everything: its peer connection stays, and it sees a picture again within five seconds of the
 * camera's return. The camera has a keyframe each second. Each figure is printed.
 */
@Timeout(90)
final class ChaosTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SEEN_AGAIN = Duration.ofSeconds(5);
    private static final Duration FLOWING = Duration.ofSeconds(4);
    /** Longer than a camera may be silent before it is opened anew. */
    private static final Duration LONG_ENOUGH_TO_BE_NOTICED = Duration.ofSeconds(12);

    private Cable cable;
    private GstreamerCamera camera;
    private StandaloneOriel oriel;
    private LibWebRtcViewer viewer;

    @BeforeEach
    void watch() throws Exception {
        assumeTrue(Cable.possible(), "a network for the camera needs root and /dev/net/tun");
        cable = Cable.lay();
        camera = power();
        oriel = StandaloneOriel.start("--no-demo", "--media-port", "0", "far=" + camera.uri());
        viewer = LibWebRtcViewer.open(new WhepAnswerer(URI.create(oriel.base() + "far/whep")), Want.VIDEO, Want.AUDIO);
        viewer.awaitFrames(Scene.RATE, PATIENCE);
    }

    @AfterEach
    void stop() {
        close(viewer);
        close(oriel);
        close(camera);
        close(cable);
    }

    @Test
    void camera_killedAndRestarted_isSeenAgain() throws Exception {
        camera.close();
        pass(Duration.ofSeconds(2));

        camera = power();

        seenAgain("camera killed, back after 2 s");
    }

    @Test
    void camera_rebootedWithoutGoodbye_isSeenAgain() throws Exception {
        // Nothing that the dying process or its kernel says reaches us.
        cable.cut();
        camera.close();
        pass(Duration.ofSeconds(6));
        camera = power();

        cable.mend();

        seenAgain("camera rebooted without a goodbye, back after 6 s");
    }

    @Test
    void connection_halfOpen_isNoticedAndSeenAgain() throws Exception {
        cable.cut();
        pass(LONG_ENOUGH_TO_BE_NOTICED);

        cable.mend();

        seenAgain("nothing carried for 12 s, camera unaware");
    }

    @Test
    void link_downAtCamera_isSeenAgain() throws Exception {
        cable.pullAtCamera();
        pass(Duration.ofSeconds(4));

        cable.plugAtCamera();

        seenAgain("link of the camera down for 4 s");
    }

    @Test
    void link_downHere_isSeenAgain() throws Exception {
        cable.pullHere();
        pass(LONG_ENOUGH_TO_BE_NOTICED);

        cable.plugHere();

        seenAgain("our link down for 12 s");
    }

    @Test
    void way_late_isPlayedAndSurvivesARestart() throws Exception {
        cable.delay(Duration.ofMillis(200));
        viewer.awaitFrames(5 * Scene.RATE, PATIENCE);
        camera.close();
        pass(Duration.ofSeconds(2));

        camera = power();

        seenAgain("camera killed, back after 2 s, 200 ms each way");
    }

    /** A camera that listens; a network of its own has the same port again. */
    private GstreamerCamera power() throws Exception {
        Scene scene = Scene.of(Video.H264_HIGH, Audio.PCMA).withGopFrames(Scene.RATE);
        return GstreamerCamera.start(scene, Serving.DEFAULT.at(cable));
    }

    /**
     * While the camera is away the viewer asks for keyframes and gets the remembered second once more, so a single picture
     * proves nothing. Four seconds of pictures come only from the camera itself.
     */
    private void seenAgain(String what) throws Exception {
        long back = System.nanoTime();
        viewer.awaitFrames(FLOWING.toSeconds() * Scene.RATE, PATIENCE);
        Duration took = Duration.ofNanos(System.nanoTime() - back).minus(FLOWING);
        System.out.println("Pictures flow again, " + what + ": after about " + took.toMillis() + " ms");
        assertEquals("CONNECTED", viewer.connectionState());
        assertTrue(took.compareTo(SEEN_AGAIN) < 0, () -> what + ": pictures flowed after " + took);
    }

    private static void pass(Duration time) {
        new CompletableFuture<Void>()
                .completeOnTimeout(null, time.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private static void close(AutoCloseable part) {
        try {
            if (part != null) {
                part.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
