package dev.oriel.itest.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.itest.standalone.Running;
import dev.oriel.itest.standalone.StandaloneOriel;
import dev.oriel.testkit.camera.Audio;
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
import dev.oriel.testkit.viewer.Want;
import dev.oriel.testkit.viewer.WhepAnswerer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each thing that can be wrong, in each of the three forms: answered in time, in that form's words, and harmless. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadInputTest {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    /** Clients give up after ten seconds. */
    private static final Duration ANSWERED = Duration.ofSeconds(9).plusMillis(500);

    private static final Map<String, UnaryOperator<String>> OFFERS = Map.of(
            "good", offer -> offer,
            "no-sdp", offer -> "this is no session description",
            "empty", offer -> "",
            "no-ice", offer -> offer.replaceAll("a=ice-(ufrag|pwd):.*\r\n", ""),
            "too-long", offer -> offer + "a=x:filler\r\n".repeat(6000));

    private final Running running = new Running();
    private final Map<String, String> cameras = new HashMap<>();
    private StandaloneOriel oriel;

    @BeforeAll
    void start() throws Exception {
        ForeignCamera locked = running.keep(
                GstreamerCamera.start(Scene.of(Video.H264_HIGH, Audio.NONE), Login.digest("admin", "right")));
        ServerSocket silent = running.keep(new ServerSocket(0, 5, InetAddress.getLoopbackAddress()));
        int closedPort;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closedPort = closed.getLocalPort();
        }
        cameras.put("closed", "rtsp://127.0.0.1:" + closedPort + "/stream");
        cameras.put("silent", "rtsp://127.0.0.1:" + silent.getLocalPort() + "/stream");
        cameras.put("wrong-password", locked.uri().toString().replace("//", "//admin:wr0ngsecret@"));
        cameras.put("no-such-path", locked.uri().toString().replace("//", "//admin:right@") + "er");
        cameras.put("sound-only", camera(Video.NONE, Audio.PCMA));
        cameras.put("h265", camera(Video.H265, Audio.PCMA));
        cameras.put("h265-mute", camera(Video.H265, Audio.NONE));
        cameras.put("jpeg", camera(Video.JPEG, Audio.NONE));
        String[] words = cameras.entrySet().stream()
                .map(camera -> camera.getKey() + "=" + camera.getValue())
                .toArray(String[]::new);
        String[] all = new String[words.length + 2];
        all[0] = "--media-port";
        all[1] = "0";
        System.arraycopy(words, 0, all, 2, words.length);
        oriel = running.keep(StandaloneOriel.start(all));
        cameras.put("nobody", "rtsp://192.0.2.1/nobody");
        cameras.put("demo", "demo");
    }

    @AfterAll
    void stop() throws Exception {
        running.close();
    }

    @ParameterizedTest
    @CsvSource({
        "nobody, good, 404",
        "closed, good, 409",
        "silent, good, 409",
        "wrong-password, good, 502",
        "no-such-path, good, 502",
        "h265, good, 422",
        "h265-mute, good, 422",
        "jpeg, good, 422",
        "demo, no-sdp, 400",
        "demo, empty, 400",
        "demo, no-ice, 400",
        "demo, too-long, 413"
    })
    void whep_bad_isAProblem(String camera, String offer, int status) throws Exception {
        SignalingRefused refused = refused(whep(camera), offer);

        assertEquals(status, refused.status(), refused::getMessage);
        assertEquals("application/problem+json", refused.contentType());
        assertTrue(refused.body().contains("\"status\":" + status), refused::body);
        assertTrue(refused.body().matches("(?s).*\"detail\":\"[^\"]{10,}.*"), refused::body);
        nextGoodRequestWorks();
    }

    @ParameterizedTest
    @CsvSource({
        "closed, good, 500",
        "silent, good, 500",
        "wrong-password, good, 500",
        "no-such-path, good, 500",
        "h265, good, 500",
        "h265-mute, good, 500",
        "jpeg, good, 500",
        "nobody, no-sdp, 500",
        "closed, no-sdp, 500",
        "closed, empty, 500",
        "closed, no-ice, 500",
        "closed, too-long, 413"
    })
    void streamForm_bad_isAnError(String camera, String offer, int status) throws Exception {
        SignalingRefused refused = refused(new StreamFormAnswerer(oriel.base(), cameras.get(camera)), offer);

        assertEquals(status, refused.status(), refused::getMessage);
        assertTrue(refused.contentType().startsWith("application/json"), refused::contentType);
        assertTrue(refused.body().matches("(?s)\\{\"error\":\"[^\"]{10,}.*\"}\\s*"), refused::body);
        nextGoodRequestWorks();
    }

    @ParameterizedTest
    @CsvSource({
        "nobody, good, 500",
        "closed, good, 500",
        "silent, good, 500",
        "wrong-password, good, 500",
        "no-such-path, good, 500",
        "h265, good, 400",
        "h265-mute, good, 400",
        "jpeg, good, 400",
        "demo, no-sdp, 400",
        "demo, empty, 400",
        "demo, no-ice, 400",
        "demo, too-long, 413"
    })
    void channelForm_bad_isAnEnvelope(String camera, String offer, int status) throws Exception {
        SignalingRefused refused = refused(new ChannelFormAnswerer(oriel.base(), camera, "0"), offer);

        assertEquals(status, refused.status(), refused::getMessage);
        assertTrue(refused.contentType().startsWith("application/json"), refused::contentType);
        assertTrue(
                refused.body().matches("(?s)\\{\\s*\"status\"\\s*:\\s*0\\s*,\\s*\"payload\"\\s*:\\s*\".+\"\\s*}\\s*"),
                refused::body);
        nextGoodRequestWorks();
    }

    @Test
    void watch_cameraWithoutPicture_isHeard() throws Exception {
        try (LibWebRtcViewer viewer = LibWebRtcViewer.open(whep("sound-only"), Want.VIDEO, Want.AUDIO)) {
            viewer.awaitSound(Duration.ofMillis(300), PATIENCE);
            assertEquals(0, viewer.framesDecoded());
        }
    }

    private SignalingRefused refused(OfferAnswerer answerer, String offer) {
        long start = System.nanoTime();
        SignalingRefused refused = assertThrows(
                SignalingRefused.class,
                () -> LibWebRtcViewer.open(
                                good -> answerer.answer(OFFERS.get(offer).apply(good)), Want.VIDEO, Want.AUDIO)
                        .close());
        Duration taken = Duration.ofNanos(System.nanoTime() - start);

        assertTrue(taken.compareTo(ANSWERED) < 0, "answered after " + taken);
        assertTrue(!refused.body().contains("wr0ngsecret"), "a password was told");
        assertTrue(!refused.body().contains("Exception"), refused::body);
        return refused;
    }

    private void nextGoodRequestWorks() throws Exception {
        try (LibWebRtcViewer viewer = LibWebRtcViewer.open(whep("demo"), Want.VIDEO, Want.AUDIO)) {
            viewer.awaitFrames(1, PATIENCE);
        }
    }

    private WhepAnswerer whep(String camera) {
        return new WhepAnswerer(URI.create(oriel.base() + camera + "/whep"));
    }

    private String camera(Video video, Audio audio) throws Exception {
        return running.keep(GstreamerCamera.start(Scene.of(video, audio))).uri().toString();
    }
}
