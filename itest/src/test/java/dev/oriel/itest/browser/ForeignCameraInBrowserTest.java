package dev.oriel.itest.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.itest.standalone.Running;
import dev.oriel.itest.standalone.StandaloneOriel;
import dev.oriel.testkit.camera.Audio;
import dev.oriel.testkit.camera.FfmpegCamera;
import dev.oriel.testkit.camera.ForeignCamera;
import dev.oriel.testkit.camera.GstreamerCamera;
import dev.oriel.testkit.camera.Login;
import dev.oriel.testkit.camera.Scene;
import dev.oriel.testkit.camera.Video;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cameras of other makers in a real browser, and the one that it cannot play. */
@Timeout(90)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForeignCameraInBrowserTest {

    private final Running running = new Running();
    private StandaloneOriel oriel;
    private Chromium chromium;

    @BeforeAll
    void start() throws Exception {
        ForeignCamera locked = running.keep(GstreamerCamera.start(
                Scene.of(Video.H264_HIGH, Audio.PCMA).withParameterSets(Scene.ParameterSets.SDP_ONLY),
                Login.digest("admin", "s3cret")));
        ForeignCamera ffmpeg = running.keep(FfmpegCamera.start(Scene.of(Video.H264_HIGH, Audio.PCMU)));
        ForeignCamera h265 = running.keep(GstreamerCamera.start(Scene.of(Video.H265, Audio.PCMA)));
        oriel = running.keep(StandaloneOriel.start(
                "--no-demo",
                "--media-port",
                "0",
                "gstreamer=" + locked.uri().toString().replace("//", "//admin:s3cret@"),
                "ffmpeg=" + ffmpeg.uri(),
                "h265=" + h265.uri()));
        chromium = running.keep(Chromium.start());
    }

    @AfterAll
    void stop() throws Exception {
        running.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gstreamer", "ffmpeg"})
    void watchPage_foreignCamera_movesAndIsHeard(String camera) {
        try (BrowserViewer viewer = chromium.open(page(camera))) {
            assertEquals(new BrowserViewer.Size(640, 360), viewer.awaitPicture(camera));
            viewer.awaitFrames(camera, 3 * Scene.RATE);
            viewer.awaitChanges(camera, 3);
            viewer.awaitSound(camera, 50);
            viewer.awaitAudible(camera);
            assertTrue(viewer.shades(camera) >= 3, () -> viewer.describe(camera));

            viewer.screenshot("foreign-" + camera, camera);
        }
    }

    @Test
    void watchPage_cameraThatTheBrowserCannotPlay_saysWhy() {
        try (BrowserViewer viewer = chromium.open(page("h265"))) {
            viewer.await(
                    "words on why there is no picture",
                    "h265",
                    () -> viewer.describe("h265").contains("The camera sends H265"));

            assertEquals(0, viewer.frames("h265"));
            viewer.screenshot("h265", "h265");
        }
    }

    private URI page(String camera) {
        return oriel.base().resolve("watch.html?name=" + camera);
    }
}
