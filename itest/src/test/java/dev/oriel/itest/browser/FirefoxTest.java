package dev.oriel.itest.browser;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.itest.standalone.Running;
import dev.oriel.itest.standalone.StandaloneOriel;
import dev.oriel.testkit.camera.Audio;
import dev.oriel.testkit.camera.GstreamerCamera;
import dev.oriel.testkit.camera.Scene;
import dev.oriel.testkit.camera.Video;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Firefox's own ICE, DTLS and SRTP, by a camera's sound; and what it is told of a picture that it cannot play. */
@Timeout(90)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FirefoxTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int PACKETS = 100;

    private final Running running = new Running();
    private StandaloneOriel oriel;

    @BeforeAll
    void start() throws Exception {
        GstreamerCamera sound = running.keep(GstreamerCamera.start(Scene.of(Video.NONE, Audio.OPUS)));
        GstreamerCamera picture = running.keep(GstreamerCamera.start(Scene.of(Video.H264_HIGH, Audio.OPUS)));
        oriel = running.keep(StandaloneOriel.start("--no-demo", "sound=" + sound.uri(), "picture=" + picture.uri()));
    }

    @AfterAll
    void stop() throws Exception {
        running.close();
    }

    @Test
    void watch_cameraOfSound_isHeard() throws Exception {
        try (Firefox firefox = Firefox.watch(oriel.base().resolve("sound/whep"))) {
            firefox.awaitLine("STATE CONNECTED", PATIENCE);
            firefox.await(
                    PACKETS + " packets of audible sound",
                    line -> line.startsWith("SOUND ")
                                    && Long.parseLong(line.split(" ")[1]) >= PACKETS
                                    && Double.parseDouble(line.split(" ")[2]) > 0
                            ? Optional.of(line)
                            : Optional.empty(),
                    PATIENCE);
        }
    }

    @Test
    void watch_pictureThatItDoesNotOffer_isToldWhy() throws Exception {
        try (Firefox firefox = Firefox.watch(oriel.base().resolve("picture/whep"))) {
            String refused = firefox.awaitLine("REFUSED ", PATIENCE);

            assertTrue(refused.contains("The camera sends H264; this viewer plays VP8, VP9, AV1"), refused);
        }
    }
}
