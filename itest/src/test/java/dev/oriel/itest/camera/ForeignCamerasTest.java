package dev.oriel.itest.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
import dev.oriel.testkit.viewer.ChannelFormAnswerer;
import dev.oriel.testkit.viewer.LibWebRtcViewer;
import dev.oriel.testkit.viewer.OfferAnswerer;
import dev.oriel.testkit.viewer.SignalingRefused;
import dev.oriel.testkit.viewer.StreamFormAnswerer;
import dev.oriel.testkit.viewer.ViewerStats;
import dev.oriel.testkit.viewer.Want;
import dev.oriel.testkit.viewer.WhepAnswerer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Picture, movement and sound of each camera, and each of the three forms of signaling. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ForeignCamerasTest {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Running running = new Running();
    private ForeignCamera open;
    private StandaloneOriel oriel;

    @BeforeAll
    void start() throws Exception {
        open = running.keep(GstreamerCamera.start(Scene.of(Video.H264_BASELINE, Audio.PCMA)));
        ForeignCamera locked = running.keep(GstreamerCamera.start(
                Scene.of(Video.H264_HIGH, Audio.PCMU).withParameterSets(Scene.ParameterSets.SDP_ONLY),
                Login.digest("admin", "s3cret")));
        ForeignCamera ffmpegBaseline = running.keep(FfmpegCamera.start(Scene.of(Video.H264_BASELINE, Audio.PCMA)));
        ForeignCamera ffmpegHigh = running.keep(FfmpegCamera.start(Scene.of(Video.H264_HIGH, Audio.PCMA)));
        ForeignCamera ffmpegG722 = running.keep(FfmpegCamera.start(Scene.of(Video.H264_BASELINE, Audio.G722)));
        ForeignCamera aac = running.keep(GstreamerCamera.start(Scene.of(Video.H264_HIGH, Audio.AAC)));
        ForeignCamera latm = running.keep(GstreamerCamera.start(Scene.of(Video.H264_HIGH, Audio.AAC_LATM)));
        ForeignCamera samples = running.keep(GstreamerCamera.start(Scene.of(Video.H264_HIGH, Audio.L16)));
        oriel = running.keep(StandaloneOriel.start(
                "--media-port",
                "0",
                "gst-baseline=" + open.uri(),
                "gst-high-digest=" + locked.uri().toString().replace("//", "//admin:s3cret@"),
                "ffmpeg-baseline=" + ffmpegBaseline.uri(),
                "ffmpeg-high=" + ffmpegHigh.uri(),
                "ffmpeg-g722=" + ffmpegG722.uri(),
                "gst-aac=" + aac.uri(),
                "gst-latm=" + latm.uri(),
                "gst-l16=" + samples.uri()));
    }

    @AfterAll
    void stop() throws Exception {
        running.close();
    }

    @ParameterizedTest
    @CsvSource({
        "demo, audio/PCMA",
        "gst-baseline, audio/PCMA",
        "gst-high-digest, audio/PCMU",
        "ffmpeg-baseline, audio/PCMA",
        "ffmpeg-high, audio/PCMA",
        "ffmpeg-g722, audio/G722"
    })
    void watch_camera_showsPictureMovementAndSound(String camera, String audioCodec) throws Exception {
        try (LibWebRtcViewer viewer = LibWebRtcViewer.open(whep(camera), Want.VIDEO, Want.AUDIO)) {
            watch(viewer);

            assertEquals(640, viewer.picture().orElseThrow().width());
            assertEquals(360, viewer.picture().orElseThrow().height());
            assertTrue(viewer.picture().orElseThrow().contrast() > 50, "a test pattern has bright and dark parts");
            ViewerStats stats = viewer.stats();
            assertEquals("video/H264", stats.video().codec());
            assertEquals(audioCodec, stats.audio().codec());
            assertEquals(0, stats.video().lost(), stats::toString);
            assertEquals(0, stats.audio().lost(), stats::toString);
        }
        assertTrue(!oriel.output().contains("s3cret"), "a password was printed");
    }

    /** AAC is never a reason for a black picture: home-assistant 91086, 170015, 182762, go2rtc 309, 678, 1267, 1328. */
    @ParameterizedTest
    @CsvSource({"gst-aac, MPEG4-GENERIC, AAC", "gst-latm, MPEG4-GENERIC, AAC", "gst-l16, L16, L16"})
    void watch_soundThatBrowsersDoNotPlay_showsThePictureAndNamesTheSound(String camera, String codec, String name)
            throws Exception {
        try (LibWebRtcViewer viewer = LibWebRtcViewer.open(whep(camera), Want.VIDEO, Want.AUDIO)) {
            viewer.awaitFrames(1, PATIENCE);
            viewer.awaitPictureChange(PATIENCE);

            ViewerStats stats = viewer.stats();
            assertEquals("video/H264", stats.video().codec());
            assertEquals("", stats.audio().codec());
            assertTrue(cameras().contains("{\"kind\":\"audio\",\"codec\":\"" + codec + "\"}"), this::cameras);
            assertTrue(cameras().contains("\"whyNoSound\":\"The camera's sound is " + name + ","), this::cameras);
        }
    }

    @Test
    void whep_deleted_sessionIsGone() throws Exception {
        WhepAnswerer whep = whep("gst-baseline");
        try (LibWebRtcViewer viewer = LibWebRtcViewer.open(whep, Want.VIDEO, Want.AUDIO)) {
            viewer.awaitFrames(1, PATIENCE);

            assertEquals(200, whep.delete());
            assertEquals(404, whep.delete());
        }
    }

    @Test
    void streamForm_urlOfAKnownCamera_isWatched() throws Exception {
        OfferAnswerer form = new StreamFormAnswerer(oriel.base(), open.uri().toString());
        try (LibWebRtcViewer viewer = LibWebRtcViewer.open(form, Want.VIDEO, Want.AUDIO, Want.DATA_CHANNEL)) {
            watch(viewer);
        }
    }

    @Test
    void streamForm_urlOfThisMachineThatNobodyConfigured_isRefused() {
        OfferAnswerer form = new StreamFormAnswerer(oriel.base(), "rtsp://127.0.0.1:9/other");

        SignalingRefused refused =
                assertThrows(SignalingRefused.class, () -> LibWebRtcViewer.open(form, Want.VIDEO, Want.AUDIO));

        assertEquals(500, refused.status());
        assertTrue(refused.body().startsWith("{\"error\":\""), refused::body);
    }

    @Test
    void channelForm_name_isWatched() throws Exception {
        OfferAnswerer form = new ChannelFormAnswerer(oriel.base(), "gst-baseline", "0");
        try (LibWebRtcViewer viewer = LibWebRtcViewer.open(form, Want.AUDIO, Want.VIDEO)) {
            watch(viewer);
        }
    }

    private static void watch(LibWebRtcViewer viewer) throws InterruptedException {
        viewer.awaitFrames(1, PATIENCE);
        viewer.awaitSound(Duration.ofMillis(500), PATIENCE);
        viewer.awaitPictureChange(PATIENCE);
        viewer.awaitFrames(Scene.RATE, PATIENCE);
    }

    private String cameras() {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(oriel.base() + "api/oriel/cameras"))
                    .build();
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private WhepAnswerer whep(String camera) {
        return new WhepAnswerer(URI.create(oriel.base() + camera + "/whep"));
    }
}
