package dev.oriel.ingest.rtsp.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.camera.CameraOptions;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.media.IngestSession;
import dev.oriel.ingest.rtsp.RtspIngestEngine;
import dev.oriel.testkit.camera.Audio;
import dev.oriel.testkit.camera.FfmpegCamera;
import dev.oriel.testkit.camera.ForeignCamera;
import dev.oriel.testkit.camera.GstreamerCamera;
import dev.oriel.testkit.camera.Login;
import dev.oriel.testkit.camera.Scene;
import dev.oriel.testkit.camera.Serving;
import dev.oriel.testkit.camera.Video;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each codec and each login of servers that this project did not write: tracks as announced, and packets on all of them. */
@Timeout(60)
final class ForeignServersTest {

    private static final int PACKETS = 20;

    private final RtspIngestEngine engine = new RtspIngestEngine();

    @AfterEach
    void stop() {
        engine.stop();
    }

    @ParameterizedTest
    @CsvSource({
        "H264_BASELINE, PCMA, VIDEO H264 90000; AUDIO PCMA 8000",
        "H264_HIGH, PCMU, VIDEO H264 90000; AUDIO PCMU 8000",
        "H265, OPUS, VIDEO H265 90000; AUDIO opus 48000",
        "JPEG, PCMA, VIDEO JPEG 90000; AUDIO PCMA 8000",
        "NONE, OPUS, AUDIO opus 48000"
    })
    void gstreamer_scene_isReceived(Video video, Audio audio, String tracks) throws Exception {
        try (ForeignCamera camera = GstreamerCamera.start(Scene.of(video, audio))) {
            assertEquals(tracks, receive(camera, "", CameraOptions.DEFAULT), camera::output);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "H264_BASELINE, PCMA, VIDEO H264 90000; AUDIO PCMA 8000",
        "H264_HIGH, OPUS, VIDEO H264 90000; AUDIO opus 48000",
        "H265, PCMU, VIDEO H265 90000; AUDIO PCMU 8000",
        "JPEG, PCMU, VIDEO JPEG 90000; AUDIO PCMU 8000"
    })
    void ffmpeg_scene_isReceived(Video video, Audio audio, String tracks) throws Exception {
        try (ForeignCamera camera = FfmpegCamera.start(Scene.of(video, audio))) {
            assertEquals(tracks, receive(camera, "", CameraOptions.DEFAULT), camera::output);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BASIC", "DIGEST"})
    void gstreamer_login_letsUsIn(Login.Scheme scheme) throws Exception {
        Serving serving = Serving.DEFAULT.with(new Login(scheme, "admin", "p@ss:w/rd%"));
        try (ForeignCamera camera = GstreamerCamera.start(Scene.of(Video.H264_HIGH, Audio.NONE), serving)) {
            assertEquals(
                    "VIDEO H264 90000", receive(camera, "admin:p@ss:w/rd%@", CameraOptions.DEFAULT), camera::output);
            assertEquals("CameraRefused", receive(camera, "admin:wrong@", CameraOptions.DEFAULT), camera::output);
        }
    }

    @Test
    void gstreamer_parameterSetsInTheDescriptionOnly_areReceived() throws Exception {
        Scene scene = Scene.of(Video.H264_HIGH, Audio.NONE).withParameterSets(Scene.ParameterSets.SDP_ONLY);
        try (ForeignCamera camera = GstreamerCamera.start(scene, Serving.DEFAULT.only(Serving.Way.TCP))) {
            assertEquals("VIDEO H264 90000", receive(camera, "", CameraOptions.DEFAULT), camera::output);
        }
    }

    /** The tracks once each has brought packets; or the failure. */
    private String receive(ForeignCamera camera, String user, CameraOptions options) throws Exception {
        Received received = new Received();
        String url = camera.uri().toString().replace("//", "//" + user);
        try (IngestSession session = engine.open(SourceLocation.parse(url), options, received)) {
            String answer = received.await(PACKETS);
            assertTrue(session.report().lost() == 0, () -> session.report().toString());
            return answer;
        }
    }
}
