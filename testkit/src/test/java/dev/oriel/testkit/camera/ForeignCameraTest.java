package dev.oriel.testkit.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.oriel.testkit.process.ChildProcess;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The cameras before a third party: what FFmpeg's client finds in them. */
@Timeout(60)
final class ForeignCameraTest {

    static Stream<Arguments> scenes() {
        return Stream.of(
                Arguments.of(Video.H264_BASELINE, Audio.PCMA, "h264,Constrained Baseline pcm_alaw,unknown"),
                Arguments.of(Video.H264_HIGH, Audio.PCMU, "h264,High pcm_mulaw,unknown"),
                Arguments.of(Video.H264_HIGH, Audio.NONE, "h264,High"),
                Arguments.of(Video.H265, Audio.NONE, "hevc,Main"));
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void gstreamer_scene_isWhatAClientFinds(Video video, Audio audio, String found) throws Exception {
        try (ForeignCamera camera = GstreamerCamera.start(Scene.of(video, audio))) {
            assertEquals(found, probe(camera.uri()), camera::output);
        }
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void ffmpeg_scene_isWhatAClientFinds(Video video, Audio audio, String found) throws Exception {
        try (ForeignCamera camera = FfmpegCamera.start(Scene.of(video, audio))) {
            assertEquals(found, probe(camera.uri()), camera::output);
        }
    }

    @ParameterizedTest
    @CsvSource({"AAC_LATM, aac", "OPUS, opus", "L16, pcm_s16be"})
    void gstreamer_sound_isWhatAClientFinds(Audio audio, String codec) throws Exception {
        try (ForeignCamera camera = GstreamerCamera.start(Scene.of(Video.JPEG, audio))) {
            String found = probe(camera.uri());
            assertTrue(found.startsWith("mjpeg,") && found.contains(codec), () -> found + "\n" + camera.output());
        }
    }

    @ParameterizedTest
    @CsvSource({"AAC_LATM, aac", "OPUS, opus", "L16, pcm_s16be", "G722, adpcm_g722", "G726, adpcm_g726"})
    void ffmpeg_sound_isWhatAClientFinds(Audio audio, String codec) throws Exception {
        try (ForeignCamera camera = FfmpegCamera.start(Scene.of(Video.H264_BASELINE, audio))) {
            String found = probe(camera.uri());
            assertTrue(found.contains(codec), () -> found + "\n" + camera.output());
        }
    }

    @Test
    void gstreamer_certificate_isServedEncrypted() throws Exception {
        try (Certificate certificate = Certificate.selfSigned();
                ForeignCamera camera = GstreamerCamera.start(
                        Scene.of(Video.H264_HIGH, Audio.NONE),
                        Serving.DEFAULT.with(certificate).with(Login.basic("admin", "secret")))) {
            assertEquals(32, certificate.sha256().length);
            assertEquals("rtsps", camera.uri().getScheme());
            assertEquals("h264,High", probe(URI.create(camera.uri().toString().replace("//", "//admin:secret@"))));
        }
    }

    @Test
    void gstreamer_udpOnly_refusesTcp() throws Exception {
        try (ForeignCamera camera =
                GstreamerCamera.start(Scene.of(Video.H264_HIGH, Audio.NONE), Serving.DEFAULT.only(Serving.Way.UDP))) {
            assertTrue(probe(camera.uri()).contains("461"), camera::output);
            assertEquals("h264,High", probe(camera.uri(), "udp"), camera::output);
        }
    }

    @Test
    void vlc_clip_isWhatAClientFindsOverUdp() throws Exception {
        try (ForeignCamera camera = VlcCamera.start()) {
            // VLC describes its tracks in any order.
            Set<String> streams = Set.of(probe(camera.uri(), "udp").split(" "));
            assertEquals(Set.of("h264,High", "pcm_alaw,unknown"), streams, camera::output);
            assertTrue(probe(camera.uri()).contains("461"), camera::output);
        }
    }

    @Test
    void cable_cut_carriesNothing() throws Exception {
        assumeTrue(Cable.possible(), "a network for the camera needs root and /dev/net/tun");
        try (Cable cable = Cable.lay();
                ForeignCamera camera =
                        GstreamerCamera.start(Scene.of(Video.H264_HIGH, Audio.NONE), Serving.DEFAULT.at(cable))) {
            assertEquals("h264,High", probe(camera.uri()), camera::output);
            cable.cut();
            assertThrows(IOException.class, () -> connect(camera.uri()));
            cable.mend();
            connect(camera.uri());
        }
    }

    private static void connect(URI camera) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(camera.getHost(), camera.getPort()), 2000);
        }
    }

    @Test
    void gstreamer_soundOnly_hasNoPicture() throws Exception {
        try (ForeignCamera camera = GstreamerCamera.start(Scene.of(Video.NONE, Audio.AAC))) {
            assertEquals("aac,LC", probe(camera.uri()), camera::output);
        }
    }

    @ParameterizedTest
    @MethodSource("logins")
    void gstreamer_login_letsInOnlyWhoKnowsThePassword(Login login) throws Exception {
        Scene scene = Scene.of(Video.H264_HIGH, Audio.NONE).withParameterSets(Scene.ParameterSets.SDP_ONLY);
        try (ForeignCamera camera = GstreamerCamera.start(scene, login)) {
            String address = camera.uri().toString();

            assertEquals("h264,High", probe(URI.create(address.replace("//", "//admin:secret@"))));
            assertTrue(
                    probe(URI.create(address.replace("//", "//admin:wrong@"))).contains("401"));
            assertTrue(probe(camera.uri()).contains("401"));
        }
    }

    static Stream<Login> logins() {
        return Stream.of(Login.basic("admin", "secret"), Login.digest("admin", "secret"));
    }

    @Test
    void close_camera_leavesNoProcessAndNoPort() throws Exception {
        ForeignCamera camera = FfmpegCamera.start(Scene.of(Video.H264_BASELINE, Audio.PCMA));

        camera.close();
        camera.close();

        assertThrows(ConnectException.class, () -> {
            try (Socket socket = new Socket("127.0.0.1", camera.uri().getPort())) {
                throw new AssertionError("still listens on " + socket);
            }
        });
        assertEquals(
                List.of(),
                ProcessHandle.current()
                        .descendants()
                        .filter(ProcessHandle::isAlive)
                        .toList());
    }

    @Test
    void ffmpeg_noPicture_isRefusedAndLeavesNothing() {
        assertThrows(IllegalArgumentException.class, () -> FfmpegCamera.start(Scene.of(Video.NONE, Audio.PCMA)));
        assertEquals(
                List.of(),
                ProcessHandle.current()
                        .descendants()
                        .filter(ProcessHandle::isAlive)
                        .toList());
    }

    /** Codec and profile of each stream, or what FFmpeg's client said against it. */
    private static String probe(URI camera) throws IOException, InterruptedException {
        return probe(camera, "tcp");
    }

    private static String probe(URI camera, String way) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "ffprobe", "-v", "error", "-rtsp_transport", way, "-show_entries", "stream=codec_name,profile"));
        command.addAll(List.of("-of", "csv=print_section=0", camera.toString()));
        try (ChildProcess client = ChildProcess.start("ffprobe", command)) {
            assertThrows(IOException.class, () -> client.awaitLine("never said", Duration.ofSeconds(20)));
            return client.output().replace('\n', ' ');
        }
    }
}
