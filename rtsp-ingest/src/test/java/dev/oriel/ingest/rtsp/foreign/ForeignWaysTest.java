package dev.oriel.ingest.rtsp.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.oriel.api.camera.CameraOptions;
import dev.oriel.api.camera.CameraOptions.Transport;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.camera.Trust;
import dev.oriel.api.media.Bytes;
import dev.oriel.api.media.IngestSession;
import dev.oriel.ingest.rtsp.RtspIngestEngine;
import dev.oriel.testkit.camera.Audio;
import dev.oriel.testkit.camera.Cable;
import dev.oriel.testkit.camera.Certificate;
import dev.oriel.testkit.camera.ForeignCamera;
import dev.oriel.testkit.camera.GstreamerCamera;
import dev.oriel.testkit.camera.Login;
import dev.oriel.testkit.camera.MediaMtxCamera;
import dev.oriel.testkit.camera.Scene;
import dev.oriel.testkit.camera.Serving;
import dev.oriel.testkit.camera.Video;
import dev.oriel.testkit.camera.VlcCamera;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each way for media to come from servers that this project did not write: the way taken, the tracks, and packets on all of them. */
@Timeout(60)
final class ForeignWaysTest {

    private static final int PACKETS = 20;
    private static final Scene SCENE = Scene.of(Video.H264_HIGH, Audio.PCMA);
    private static final String TRACKS = ": VIDEO H264 90000; AUDIO PCMA 8000";

    private final RtspIngestEngine engine = new RtspIngestEngine();

    @AfterEach
    void stop() {
        engine.stop();
    }

    @ParameterizedTest
    @CsvSource({
        "H264_BASELINE, PCMU, VIDEO H264 90000; AUDIO PCMU 8000",
        "H264_HIGH, PCMA, VIDEO H264 90000; AUDIO PCMA 8000",
        "H265, OPUS, VIDEO H265 90000; AUDIO opus 48000",
        "NONE, OPUS, AUDIO opus 48000"
    })
    void udp_scene_isReceived(Video video, Audio audio, String tracks) throws Exception {
        try (ForeignCamera camera = GstreamerCamera.start(Scene.of(video, audio))) {
            assertEquals("UDP: " + tracks, receive(camera, "rtsp", Transport.UDP), camera::output);
        }
    }

    @Test
    void auto_tcpAndUdpServer_takesTcp() throws Exception {
        try (ForeignCamera camera = GstreamerCamera.start(SCENE)) {
            assertEquals("TCP" + TRACKS, receive(camera, "rtsp", Transport.AUTO), camera::output);
        }
    }

    @Test
    void auto_udpOnlyServer_takesUdpEachTime() throws Exception {
        try (ForeignCamera camera = GstreamerCamera.start(SCENE, Serving.DEFAULT.only(Serving.Way.UDP))) {
            assertEquals("UDP" + TRACKS, receive(camera, "rtsp", Transport.AUTO), camera::output);
            assertEquals("UDP" + TRACKS, receive(camera, "rtsp", Transport.AUTO), camera::output);
        }
    }

    @ParameterizedTest
    @CsvSource({"TCP, UDP", "UDP, TCP"})
    void wayThatTheServerHasNot_isRefused(Transport wanted, Serving.Way served) throws Exception {
        try (ForeignCamera camera = GstreamerCamera.start(SCENE, Serving.DEFAULT.only(served))) {
            assertEquals(": CameraRefused", receive(camera, "rtsp", wanted), camera::output);
        }
    }

    @ParameterizedTest
    @CsvSource({"AUTO", "UDP"})
    void vlc_clip_isReceivedOverUdp(Transport transport) throws Exception {
        try (ForeignCamera camera = VlcCamera.start()) {
            // Which of its tracks VLC describes first is a matter of luck.
            Set<String> either = Set.of("UDP" + TRACKS, "UDP: AUDIO PCMA 8000; VIDEO H264 90000");
            String received = receive(camera, "rtsp", transport);
            assertTrue(either.contains(received), () -> received + "\n" + camera.output());
        }
    }

    @Test
    void multicast_group_isJoined() throws Exception {
        assumeTrue(Cable.possible(), "a network for the camera needs root and /dev/net/tun");
        try (Cable cable = Cable.lay();
                ForeignCamera camera = GstreamerCamera.start(
                        SCENE, Serving.DEFAULT.only(Serving.Way.MULTICAST).at(cable))) {
            assertEquals("UDP multicast" + TRACKS, receive(camera, "rtsp", Transport.MULTICAST), camera::output);
        }
    }

    @ParameterizedTest
    @CsvSource({"rtsp, TCP", "rtsp+http, TCP in HTTP"})
    void login_inEachTunnel_letsUsIn(String scheme, String way) throws Exception {
        Serving serving = Serving.DEFAULT.with(Login.basic("admin", "p@ss:w/rd%"));
        try (ForeignCamera camera = GstreamerCamera.start(SCENE, serving)) {
            String url = scheme + camera.uri().toString().replace("rtsp://", "://admin:p@ss:w/rd%@");
            assertEquals(way + TRACKS, receive(url, CameraOptions.DEFAULT), camera::output);
        }
    }

    @Test
    void http_tunnel_carriesAll() throws Exception {
        try (ForeignCamera camera = GstreamerCamera.start(SCENE)) {
            assertEquals("TCP in HTTP" + TRACKS, receive(camera, "rtsp+http", Transport.AUTO), camera::output);
        }
    }

    @ParameterizedTest
    @CsvSource({"rtsps, TLS", "rtsp+https, HTTPS"})
    void tls_certificateOfNobody_isTakenOnlyAsTrustSays(String scheme, String in) throws Exception {
        try (Certificate certificate = Certificate.selfSigned();
                Certificate another = Certificate.selfSigned();
                ForeignCamera camera = GstreamerCamera.start(SCENE, Serving.DEFAULT.with(certificate))) {
            String url = camera.uri().toString().replace("rtsps", scheme);
            CameraOptions options = CameraOptions.DEFAULT;
            String taken = "TCP in " + in + TRACKS;

            assertEquals(taken, receive(url, options.with(Trust.ANYBODY)), camera::output);
            assertEquals(taken, receive(url, options.with(pinned(certificate))), camera::output);
            assertEquals(": CameraUnreachable", receive(url, options.with(pinned(another))), camera::output);
            assertEquals(": CameraUnreachable", receive(url, options), camera::output);
        }
    }

    /** No tests where there is no MediaMTX, which no package of Debian's has: what is not there is not skipped either. */
    @TestFactory
    Stream<DynamicTest> mediaMtx_eachWay_isReceived() {
        if (!MediaMtxCamera.installed() || !Cable.possible()) {
            return Stream.of();
        }
        return Stream.of(
                        "AUTO rtsp: TCP",
                        "UDP rtsp: UDP",
                        "MULTICAST rtsp: UDP multicast",
                        "AUTO rtsps: TCP in TLS",
                        "AUTO rtsp+http: TCP in HTTP",
                        "AUTO rtsp+ws: TCP in WebSocket")
                .map(way -> DynamicTest.dynamicTest(
                        way, () -> mediaMtx(way.split(": ")[0].split(" "), way.split(": ")[1])));
    }

    private void mediaMtx(String[] asked, String way) throws Exception {
        try (Cable cable = Cable.lay();
                Certificate certificate = Certificate.selfSigned();
                MediaMtxCamera camera = MediaMtxCamera.start(SCENE, cable, certificate)) {
            String url = asked[1].equals("rtsps")
                    ? camera.encryptedUri().toString()
                    : camera.uri().toString().replace("rtsp", asked[1]);
            CameraOptions options = CameraOptions.DEFAULT.with(Transport.valueOf(asked[0]));
            assertEquals(way + TRACKS, receive(url, options.with(pinned(certificate))), camera::output);
        }
    }

    private static Trust pinned(Certificate certificate) {
        return new Trust.Pinned(Bytes.copyOf(certificate.sha256()));
    }

    private String receive(ForeignCamera camera, String scheme, Transport transport) throws Exception {
        String url = camera.uri().toString().replace("rtsp://", scheme + "://");
        return receive(url, CameraOptions.DEFAULT.with(transport));
    }

    /**
     * The way and the tracks, once each has brought packets; or the failure.
     *
     * <p>The session stays open until the test is over, since GStreamer's server answers 503 to who comes while it puts
     * away what the last one watched.
     */
    private String receive(String url, CameraOptions options) throws Exception {
        Received received = new Received();
        IngestSession session = engine.open(SourceLocation.parse(url), options, received);
        String answer = received.await(PACKETS);
        assertEquals(0, session.report().lost(), () -> session.report().toString());
        return session.report().transport() + ": " + answer;
    }
}
