package dev.oriel.itest.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The viewer itself, at a page that is its own camera: it sees what is there, and nothing else. */
@Timeout(90)
class BrowserViewerTest {

    private static final Duration SHORT = Duration.ofSeconds(5);

    private static Chromium chromium;

    @BeforeAll
    static void startBrowser() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void endBrowser() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void movingPictureWithSound_isSeenAndHeard() {
        try (BrowserViewer viewer = chromium.open(loopback(""))) {
            assertEquals(320.0 / 180, ratio(viewer.awaitPicture("x")), 0.01);
            viewer.awaitFrames("x", 10);
            viewer.awaitChanges("x", 3);
            viewer.awaitSound("x", 20);
            viewer.awaitAudible("x");

            assertTrue(viewer.firstPicture("x").compareTo(BrowserViewer.PATIENCE) < 0);
            assertTrue(viewer.shades("x") >= 2, viewer.describe("x"));
            assertEquals(List.of(), viewer.complaints());
        }
    }

    @Test
    void stillPictureWithoutSound_hasFramesAndNothingElse() {
        try (BrowserViewer viewer = chromium.open(loopback("?still&silent"), SHORT)) {
            viewer.awaitPicture("x");
            viewer.awaitFrames("x", 10);

            assertThrows(AssertionError.class, () -> viewer.awaitChanges("x", 3));
            assertThrows(AssertionError.class, () -> viewer.awaitAudible("x"));
            assertEquals(0, viewer.soundPackets("x"));
        }
    }

    @Test
    void cameraThatIsNotThere_failureSaysWhatThePageShows() {
        try (BrowserViewer viewer = chromium.open(loopback(""), SHORT)) {
            viewer.awaitPicture("x");

            AssertionError error = assertThrows(AssertionError.class, () -> viewer.awaitPicture("y"));

            assertTrue(error.getMessage().contains("\"found\":false"), error.getMessage());
        }
    }

    private static double ratio(BrowserViewer.Size size) {
        return (double) size.width() / size.height();
    }

    private static URI loopback(String query) {
        return URI.create(Objects.requireNonNull(BrowserViewerTest.class.getResource("loopback.html"))
                        .toString()
                + query);
    }
}
