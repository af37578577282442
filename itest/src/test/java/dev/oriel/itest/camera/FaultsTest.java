package dev.oriel.itest.camera;

import static org.junit.jupiter.api.Assertions.assertAll;
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
import dev.oriel.testkit.scripted.ScriptedCamera;
import dev.oriel.testkit.viewer.LibWebRtcViewer;
import dev.oriel.testkit.viewer.SignalingRefused;
import dev.oriel.testkit.viewer.Want;
import dev.oriel.testkit.viewer.WhepAnswerer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each fault of a camera is named in the answer to its viewer, within five seconds, in words of its own. Each figure is printed. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FaultsTest {

    /** As promised; the camera's own time is up half a second before. */
    private static final Duration NAMED = Duration.ofSeconds(5);

    private static final String SILENT_AFTER_PLAY = """
            @ rtsp://192.0.2.1/1
            ~ h264
            """;

    private final Running running = new Running();
    private StandaloneOriel oriel;

    @BeforeAll
    void start() throws Exception {
        ForeignCamera locked = running.keep(
                GstreamerCamera.start(Scene.of(Video.H264_HIGH, Audio.NONE), Login.digest("admin", "right")));
        int closed;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = free.getLocalPort();
        }
        ServerSocket silent = running.keep(new ServerSocket(0, 5, InetAddress.getLoopbackAddress()));
        List<String> words = new ArrayList<>(List.of("--no-demo"));
        words.add("no-such-path=" + locked.uri().toString().replace("//", "//admin:right@") + "er");
        words.add("wrong-password=" + locked.uri().toString().replace("//", "//admin:wrong@"));
        words.add("no-password=" + locked.uri());
        words.add("port-closed=rtsp://127.0.0.1:" + closed + "/stream");
        words.add("silent=rtsp://127.0.0.1:" + silent.getLocalPort() + "/stream");
        words.add("silent-after-play="
                + running.keep(ScriptedCamera.playing(SILENT_AFTER_PLAY)).url());
        for (String script :
                List.of("fault-404", "fault-401", "fault-403", "fault-453", "fault-503", "fault-silent-describe")) {
            words.add(script + "=" + running.keep(ScriptedCamera.of(script)).url());
        }
        oriel = running.keep(StandaloneOriel.start(words.toArray(String[]::new)));
    }

    @AfterAll
    void stop() throws Exception {
        running.close();
    }

    @ParameterizedTest
    @CsvSource({
        "no-such-path, 502, has no such stream (404)",
        "fault-404, 502, has no such stream (404)",
        "wrong-password, 502, (401)",
        "no-password, 502, (401)",
        "fault-401, 502, (401)",
        "fault-403, 502, does not let this user see the stream (403)",
        "fault-453, 502, has no bandwidth left for another viewer (453)",
        "fault-503, 502, is busy (503)",
        "port-closed, 409, refuses the connection",
        "silent, 409, does not answer OPTIONS",
        "fault-silent-describe, 409, does not answer DESCRIBE",
        "silent-after-play, 409, 'accepts PLAY, but sends no media'",
    })
    void whep_faultOfTheCamera_isNamedWithinFiveSeconds(String camera, int status, String words) {
        WhepAnswerer whep = new WhepAnswerer(URI.create(oriel.base() + camera + "/whep"));
        List<Duration> took = new ArrayList<>();

        SignalingRefused refused = assertThrows(
                SignalingRefused.class,
                () -> LibWebRtcViewer.open(
                                offer -> {
                                    long asked = System.nanoTime();
                                    try {
                                        return whep.answer(offer);
                                    } finally {
                                        took.add(Duration.ofNanos(System.nanoTime() - asked));
                                    }
                                },
                                Want.VIDEO,
                                Want.AUDIO)
                        .close());

        System.out.println("Named, " + camera + ": after " + took.get(0).toMillis() + " ms, " + refused.status() + " "
                + refused.body().replaceAll("\\s+", " "));
        assertAll(
                () -> assertEquals(status, refused.status()),
                () -> assertTrue(refused.body().contains(words), refused::body),
                () -> assertTrue(took.get(0).compareTo(NAMED) < 0, () -> "after " + took));
    }
}
