package dev.oriel.itest.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.itest.standalone.StandaloneOriel;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/** What somebody sees who types {@code ./run} and opens the page. */
@Timeout(90)
class DemoInBrowserTest {

    private static final String DEMO = "demo";
    private static final Duration AT_ONCE = Duration.ofSeconds(2);
    private static final int ENOUGH_FRAMES = 50;
    private static final int ENOUGH_SOUND = 50;

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
    void wall_demoCamera_movesAndIsHeard(TestReporter reporter) {
        try (BrowserViewer viewer = chromium.open(oriel.base())) {
            assertAlive(viewer);

            viewer.screenshot("wall");
            report(reporter, "wall", viewer);
        }
    }

    @Test
    void watchPage_demoCamera_movesAndIsHeard(TestReporter reporter) {
        try (BrowserViewer viewer = chromium.open(oriel.base().resolve("watch.html?name=demo"))) {
            assertAlive(viewer);

            viewer.screenshot("watch");
            report(reporter, "watch", viewer);
        }
    }

    @Test
    void wall_secondViewer_seesAPictureAtOnce(TestReporter reporter) {
        try (BrowserViewer first = chromium.open(oriel.base())) {
            first.awaitPicture(DEMO);
            try (BrowserViewer second = chromium.open(oriel.base())) {
                Duration waited = second.firstPicture(DEMO);

                assertTrue(waited.compareTo(AT_ONCE) < 0, () -> waited + " " + second.describe(DEMO));
                second.awaitFrames(DEMO, ENOUGH_FRAMES);
                first.awaitFrames(DEMO, ENOUGH_FRAMES);
                report(reporter, "late joiner", second);
            }
        }
    }

    private static void assertAlive(BrowserViewer viewer) {
        BrowserViewer.Size size = viewer.awaitPicture(DEMO);
        assertTrue(size.width() >= 320 && size.height() >= 180, size::toString);
        viewer.awaitFrames(DEMO, ENOUGH_FRAMES);
        viewer.awaitChanges(DEMO, 3);
        viewer.awaitSound(DEMO, ENOUGH_SOUND);
        assertTrue(viewer.shades(DEMO) >= 3, () -> viewer.describe(DEMO));
        assertEquals(List.of(), viewer.complaints());
    }

    private static void report(TestReporter reporter, String who, BrowserViewer viewer) {
        reporter.publishEntry(who, viewer.firstPicture(DEMO).toMillis() + " ms: " + viewer.describe(DEMO));
    }
}
