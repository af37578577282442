package dev.oriel.itest.browser;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.itest.standalone.Running;
import dev.oriel.itest.standalone.StandaloneOriel;
import dev.oriel.testkit.camera.Audio;
import dev.oriel.testkit.camera.GstreamerCamera;
import dev.oriel.testkit.camera.Scene;
import dev.oriel.testkit.camera.Video;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** A real browser that comes late into a group of ten seconds: it sees a picture at once, and soon the one of now. */
@Timeout(90)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LateJoinTest {

    private static final String CAMERA = "slow";
    private static final int GROUP_SECONDS = 10;
    private static final int INTO_THE_GROUP_SECONDS = 5;

    /** Of a busy machine; the page itself, script and negotiation are in it. */
    private static final Duration AT_ONCE = Duration.ofSeconds(3);

    private static final Duration SOON = Duration.ofSeconds(4);

    /** A busy browser holds sound back, and never the picture, since it is told to show that at once. */
    private static final double MOST_APART_MILLIS = 400;

    private final Running running = new Running();
    private StandaloneOriel oriel;
    private Chromium chromium;

    @BeforeAll
    void start() throws Exception {
        GstreamerCamera camera = running.keep(
                GstreamerCamera.start(Scene.of(Video.H264_HIGH, Audio.PCMA).withGopFrames(GROUP_SECONDS * Scene.RATE)));
        oriel = running.keep(StandaloneOriel.start("--no-demo", CAMERA + "=" + camera.uri()));
        chromium = running.keep(Chromium.start());
    }

    @AfterAll
    void stop() throws Exception {
        running.close();
    }

    @Test
    void watch_lateInALongGroup_isAtTheLivePictureSoon() {
        try (BrowserViewer early = chromium.open(page())) {
            early.awaitPicture(CAMERA);
            early.pause(Duration.ofSeconds(INTO_THE_GROUP_SECONDS));
            try (BrowserViewer late = chromium.open(page())) {
                Duration first = late.firstPicture(CAMERA);
                long began = System.nanoTime();
                Map<String, Double> last = late.videoStatistics(CAMERA);
                double behind = Double.MAX_VALUE;
                while (behind > Scene.RATE / 2.0 && System.nanoTime() - began < SOON.toNanos()) {
                    late.pause(Duration.ofMillis(50));
                    last = late.videoStatistics(CAMERA);
                    behind = last.get("framesReceived") - last.get("framesDecoded") - last.get("framesDropped");
                    if (last.get("framesReceived") < Scene.RATE * 2) {
                        behind = Double.MAX_VALUE;
                    }
                }
                Duration live = Duration.ofNanos(System.nanoTime() - began);
                System.out.printf(
                        "Group of %d s: first picture %d ms after the address was entered, live %d ms later, "
                                + "%.0f frames decoded, %.0f dropped, %.0f freezes, %.0f lost%n",
                        GROUP_SECONDS,
                        first.toMillis(),
                        live.toMillis(),
                        last.get("framesDecoded"),
                        last.get("framesDropped"),
                        last.get("freezeCount"),
                        last.get("packetsLost"));

                assertTrue(first.compareTo(AT_ONCE) < 0, "first picture after " + first);
                assertTrue(behind <= Scene.RATE / 2.0, "still behind: " + last);
            }
        }
    }

    /** The sender reports tie picture and sound to one clock; the browser says what it shows and plays at a moment of that clock. */
    @Test
    void watch_pictureAndSound_areInStep() {
        try (BrowserViewer viewer = chromium.open(page())) {
            viewer.awaitPicture(CAMERA);
            viewer.awaitAudible(CAMERA);
            viewer.pause(Duration.ofSeconds(5));
            double[] apart = new double[15];
            for (int i = 0; i < apart.length; i++) {
                viewer.pause(Duration.ofMillis(100));
                apart[i] = viewer.videoStatistics(CAMERA).get("estimatedPlayoutTimestamp")
                        - viewer.soundStatistics(CAMERA).get("estimatedPlayoutTimestamp");
            }
            Arrays.sort(apart);
            double median = apart[apart.length / 2];
            System.out.printf("Picture ahead of sound: %.0f ms, of the browser's own reckoning%n", median);

            assertTrue(Math.abs(median) < MOST_APART_MILLIS, () -> Arrays.toString(apart));
        }
    }

    private URI page() {
        return oriel.base().resolve("watch.html?name=" + CAMERA);
    }
}
