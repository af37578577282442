package dev.oriel.itest.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.itest.standalone.StandaloneOriel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What somebody sees who types {@code ./run} and opens the page. */
@Timeout(90)
class DemoInBrowserTest {

    private static final String DEMO = "demo";
    private static final Duration AT_ONCE = Duration.ofSeconds(2);
    // A group of pictures of the demo is 100, and a viewer may get one at once.
    private static final int ENOUGH_FRAMES = 125;
    private static final int ENOUGH_SOUND = 50;
    private static final Pattern VIEWERS = Pattern.compile("\"viewers\":\\s*(\\d+)");

    private static StandaloneOriel oriel;
    private static Chromium chromium;

    @BeforeAll
    static void start() throws Exception {
        oriel = StandaloneOriel.start();
        chromium = Chromium.start();
    }

    @AfterAll
    static void end() throws Exception {
        try {
            if (chromium != null) {
                chromium.close();
            }
        } finally {
            if (oriel != null) {
                oriel.close();
            }
        }
        assertFalse(oriel.output().contains("ERROR"), oriel.output());
        assertFalse(oriel.output().contains("Exception"), oriel.output());
    }

    @Test
    void wall_demoCamera_movesAndIsHeard() {
        try (BrowserViewer viewer = chromium.open(oriel.base())) {
            assertAlive(viewer);

            viewer.screenshot("wall", DEMO);
        }
    }

    @Test
    void watchPage_demoCamera_movesAndIsHeard() {
        try (BrowserViewer viewer = chromium.open(oriel.base().resolve("watch.html?name=demo"))) {
            assertAlive(viewer);

            viewer.screenshot("watch", DEMO);
        }
    }

    @Test
    void wall_secondViewer_seesAPictureAtOnce() {
        try (BrowserViewer first = chromium.open(oriel.base())) {
            first.awaitPicture(DEMO);
            try (BrowserViewer second = chromium.open(oriel.base())) {
                Duration waited = second.firstPicture(DEMO);

                assertTrue(waited.compareTo(AT_ONCE) < 0, () -> waited + " " + second.describe(DEMO));
                second.awaitFrames(DEMO, ENOUGH_FRAMES);
                first.awaitFrames(DEMO, ENOUGH_FRAMES);
                second.screenshot("late-joiner", DEMO);
            }
        }
    }

    @Test
    void wall_viewerLeaves_isNotCountedAnyLonger() {
        try (BrowserViewer viewer = chromium.open(oriel.base())) {
            viewer.awaitPicture(DEMO);
            int before = viewersOfDemo();

            viewer.leave();

            viewer.await("one viewer less than " + before, DEMO, () -> viewersOfDemo() < before);
        }
    }

    private static void assertAlive(BrowserViewer viewer) {
        BrowserViewer.Size size = viewer.awaitPicture(DEMO);
        assertTrue(size.width() >= 320 && size.height() >= 180, size::toString);
        viewer.awaitFrames(DEMO, ENOUGH_FRAMES);
        viewer.awaitChanges(DEMO, 3);
        viewer.awaitSound(DEMO, ENOUGH_SOUND);
        viewer.awaitAudible(DEMO);
        assertTrue(viewer.shades(DEMO) >= 3, () -> viewer.describe(DEMO));
        assertEquals(List.of(), viewer.complaints());
    }

    private static int viewersOfDemo() {
        String cameras = cameras();
        Matcher viewers = VIEWERS.matcher(cameras);
        assertTrue(viewers.find(), cameras);
        return Integer.parseInt(viewers.group(1));
    }

    private static String cameras() {
        HttpRequest request = HttpRequest.newBuilder(oriel.base().resolve("api/oriel/cameras"))
                .timeout(AT_ONCE)
                .build();
        try {
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
