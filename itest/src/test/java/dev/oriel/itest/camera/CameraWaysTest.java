package dev.oriel.itest.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.oriel.itest.standalone.Running;
import dev.oriel.itest.standalone.StandaloneOriel;
import dev.oriel.testkit.camera.Audio;
import dev.oriel.testkit.camera.Cable;
import dev.oriel.testkit.camera.Certificate;
import dev.oriel.testkit.camera.GstreamerCamera;
import dev.oriel.testkit.camera.Scene;
import dev.oriel.testkit.camera.Serving;
import dev.oriel.testkit.camera.Video;
import dev.oriel.testkit.camera.VlcCamera;
import dev.oriel.testkit.viewer.LibWebRtcViewer;
import dev.oriel.testkit.viewer.ViewerStats;
import dev.oriel.testkit.viewer.Want;
import dev.oriel.testkit.viewer.WhepAnswerer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Picture, movement and sound of cameras whose media comes in each way there is. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CameraWaysTest {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Scene SCENE = Scene.of(Video.H264_HIGH, Audio.PCMA).withGopFrames(Scene.RATE);

    private final Running running = new Running();
    private StandaloneOriel oriel;

    @BeforeAll
    void start(@TempDir Path configuration) throws Exception {
        assumeTrue(Cable.possible(), "a network for the multicast camera needs root and /dev/net/tun");
        Cable cable = running.keep(Cable.lay());
        Certificate certificate = running.keep(Certificate.selfSigned());
        GstreamerCamera plain = running.keep(GstreamerCamera.start(SCENE));
        GstreamerCamera group = running.keep(GstreamerCamera.start(
                SCENE, Serving.DEFAULT.only(Serving.Way.MULTICAST).at(cable)));
        GstreamerCamera encrypted = running.keep(GstreamerCamera.start(SCENE, Serving.DEFAULT.with(certificate)));
        VlcCamera vlc = running.keep(VlcCamera.start());

        configure(configuration, "udp", plain.uri(), "transport=udp");
        configure(
                configuration,
                "http",
                URI.create("rtsp+http" + plain.uri().toString().substring(4)),
                "");
        configure(configuration, "multicast", group.uri(), "transport=multicast");
        configure(configuration, "tls-anybody", encrypted.uri(), "tlsTrust=anybody");
        // Another URL, so that it is another camera.
        configure(
                configuration,
                "tls-pinned",
                URI.create(encrypted.uri().toString().replace("//", "//viewer@")),
                "tlsFingerprint=" + HexFormat.of().formatHex(certificate.sha256()));
        configure(configuration, "vlc", vlc.uri(), "");
        oriel = running.keep(StandaloneOriel.start("--no-demo", "--config", configuration.toString()));
    }

    @AfterAll
    void stop() throws Exception {
        running.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "http", "multicast", "tls-anybody", "tls-pinned", "vlc"})
    void watch_way_showsPictureMovementAndSound(String camera) throws Exception {
        WhepAnswerer whep = new WhepAnswerer(URI.create(oriel.base() + camera + "/whep"));
        try (LibWebRtcViewer viewer = LibWebRtcViewer.open(whep, Want.VIDEO, Want.AUDIO)) {
            viewer.awaitFrames(1, PATIENCE);
            viewer.awaitSound(Duration.ofMillis(500), PATIENCE);
            viewer.awaitPictureChange(PATIENCE);
            viewer.awaitFrames(Scene.RATE, PATIENCE);

            assertEquals(640, viewer.picture().orElseThrow().width());
            assertTrue(viewer.picture().orElseThrow().contrast() > 50, "a test pattern has bright and dark parts");
            ViewerStats stats = viewer.stats();
            assertEquals(0, stats.video().lost(), stats::toString);
            assertEquals(0, stats.audio().lost(), stats::toString);
        }
    }

    private static void configure(Path folder, String name, URI url, String more) throws IOException {
        Files.writeString(folder.resolve("dev.oriel.camera~" + name + ".cfg"), "url=" + url + "\n" + more + "\n");
    }
}
