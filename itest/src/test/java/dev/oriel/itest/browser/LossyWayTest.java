package dev.oriel.itest.browser;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.itest.standalone.Running;
import dev.oriel.itest.standalone.StandaloneOriel;
import dev.oriel.testkit.camera.Audio;
import dev.oriel.testkit.camera.Cable;
import dev.oriel.testkit.camera.GstreamerCamera;
import dev.oriel.testkit.camera.Scene;
import dev.oriel.testkit.camera.Video;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** A real browser at the far end of a cable that loses packets: what is sent again must come before the picture stands still. */
@Timeout(90)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LossyWayTest {

    private static final String CAMERA = "camera";
    private static final Duration ONE_WAY = Duration.ofMillis(15);
    private static final int WATCHED_SECONDS = 8;
    private static final double LONGEST_FREEZE_SECONDS = 0.5;

    private final Running running = new Running();
    private Cable cable;
    private StandaloneOriel oriel;
    private Chromium chromium;

    @BeforeAll
    void start() throws Exception {
        cable = running.keep(Cable.lay());
        // Ten seconds from keyframe to keyframe: none comes to help.
        GstreamerCamera camera = running.keep(
                GstreamerCamera.start(Scene.of(Video.H264_HIGH, Audio.PCMA).withGopFrames(10 * Scene.RATE)));
        oriel = running.keep(StandaloneOriel.start("--no-demo", CAMERA + "=" + camera.uri()));
        chromium = running.keep(Chromium.start(cable));
    }

    @AfterAll
    void stop() throws Exception {
        running.close();
    }

    @Test
    void watch_twoOfAHundredPacketsLost_neverStandsStill() throws Exception {
        Map<String, Double> seen = watch(2);

        assertTrue(seen.get("nackCount") > 0, seen::toString);
        assertTrue(seen.get("longestFreeze") <= LONGEST_FREEZE_SECONDS, seen::toString);
        assertTrue(seen.get("framesDecoded") >= (WATCHED_SECONDS - 1) * Scene.RATE, seen::toString);
    }

    @Test
    void watch_fiveOfAHundredPacketsLost_goesOn() throws Exception {
        Map<String, Double> seen = watch(5);

        assertTrue(seen.get("framesDecoded") >= (WATCHED_SECONDS - 2) * Scene.RATE, seen::toString);
    }

    /** What the browser counts over the seconds it watches a way that loses, and the longest single freeze. */
    private Map<String, Double> watch(int percent) throws Exception {
        cable.delay(ONE_WAY);
        cable.lose(percent);
        try (BrowserViewer viewer = chromium.open(page())) {
            viewer.awaitFrames(CAMERA, Scene.RATE);
            Map<String, Double> first = viewer.videoStatistics(CAMERA);
            Map<String, Double> last = first;
            double longest = 0;
            for (long end = System.nanoTime() + WATCHED_SECONDS * 1_000_000_000L; System.nanoTime() < end; ) {
                viewer.pause(Duration.ofMillis(100));
                Map<String, Double> now = viewer.videoStatistics(CAMERA);
                double freezes = more("freezeCount", last, now);
                longest = Math.max(longest, more("totalFreezesDuration", last, now) / Math.max(1, freezes));
                last = now;
            }
            Map<String, Double> seen = new TreeMap<>(Map.of("longestFreeze", longest));
            for (String name : last.keySet()) {
                seen.put(name, more(name, first, last));
            }
            System.out.printf(
                    "%d %% lost each way, %d ms of round trip: %.0f frames in %d s, %.0f freezes of %.3f s in all, "
                            + "the longest %.3f s; %.0f NACKs, %.0f packets sent again, %.0f lost for good, %.0f PLIs%n",
                    percent,
                    2 * ONE_WAY.toMillis(),
                    seen.get("framesDecoded"),
                    WATCHED_SECONDS,
                    seen.get("freezeCount"),
                    seen.get("totalFreezesDuration"),
                    longest,
                    seen.get("nackCount"),
                    seen.getOrDefault("retransmittedPacketsReceived", -1.0),
                    seen.get("packetsLost"),
                    seen.get("pliCount"));
            return seen;
        } finally {
            cable.lose(0);
            cable.delay(Duration.ZERO);
        }
    }

    private static double more(String name, Map<String, Double> before, Map<String, Double> after) {
        return after.getOrDefault(name, 0.0) - before.getOrDefault(name, 0.0);
    }

    private URI page() {
        return URI.create("http://" + cable.ourHost() + ":" + oriel.base().getPort() + "/watch.html?name=" + CAMERA);
    }
}
