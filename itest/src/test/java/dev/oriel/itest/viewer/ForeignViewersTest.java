package dev.oriel.itest.viewer;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.itest.standalone.Running;
import dev.oriel.itest.standalone.StandaloneOriel;
import dev.oriel.testkit.camera.Audio;
import dev.oriel.testkit.camera.GstreamerCamera;
import dev.oriel.testkit.camera.Scene;
import dev.oriel.testkit.camera.Video;
import dev.oriel.testkit.viewer.ForeignViewer;
import dev.oriel.testkit.viewer.ForeignViewer.Make;
import dev.oriel.testkit.viewer.ForeignViewer.Way;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Viewers that are no browser and share no code with one: aiortc, and webrtcbin with libnice. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ForeignViewersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Running running = new Running();
    private StandaloneOriel oriel;

    @BeforeAll
    void start() throws Exception {
        GstreamerCamera opus = running.keep(GstreamerCamera.start(Scene.of(Video.H264_HIGH, Audio.OPUS)));
        GstreamerCamera pcma = running.keep(GstreamerCamera.start(Scene.of(Video.H264_HIGH, Audio.PCMA)));
        GstreamerCamera h265 = running.keep(GstreamerCamera.start(Scene.of(Video.H265, Audio.PCMA)));
        oriel = running.keep(
                StandaloneOriel.start("--no-demo", "opus=" + opus.uri(), "pcma=" + pcma.uri(), "h265=" + h265.uri()));
    }

    @AfterAll
    void stop() throws Exception {
        running.close();
    }

    @ParameterizedTest
    @CsvSource({"AIORTC, opus", "AIORTC, pcma", "WEBRTCBIN_OPUS, opus", "WEBRTCBIN_PCMA, pcma", "LIBWEBRTC, opus"})
    void watch_foreignViewer_decodesPictureAndSound(Make make, String camera) throws Exception {
        try (ForeignViewer viewer = watch(make, camera)) {
            viewer.awaitPictures(2 * Scene.RATE, PATIENCE);
            viewer.awaitSound(Duration.ofSeconds(2), PATIENCE);
            viewer.awaitState("CONNECTED", PATIENCE);

            String answer = viewer.answer().toLowerCase(Locale.ROOT);
            assertTrue(answer.contains(" h264/90000") && answer.contains(" " + camera + "/"), answer);
        }
    }

    /** It offers one sound, and the camera has another: the picture comes without. */
    @Test
    void watch_soundThatWasNotOffered_showsThePicture() throws Exception {
        try (ForeignViewer viewer = watch(Make.WEBRTCBIN_OPUS, "pcma")) {
            viewer.awaitPictures(2 * Scene.RATE, PATIENCE);
        }
    }

    @ParameterizedTest
    @CsvSource({"AIORTC", "WEBRTCBIN_PCMA"})
    void watch_pictureThatTheViewerCannotPlay_isRefusedWithTheReason(Make make) {
        IOException refused =
                assertThrows(IOException.class, () -> watch(make, "h265").close());

        assertTrue(String.valueOf(refused.getMessage()).contains("The camera sends H265"), refused::toString);
    }

    private ForeignViewer watch(Make make, String camera) throws Exception {
        return ForeignViewer.open(make, oriel.base().resolve(camera + "/whep"), Way.PLAIN);
    }
}
