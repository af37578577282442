package dev.oriel.itest.nat;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.oriel.itest.standalone.StandaloneOriel;
import dev.oriel.testkit.camera.Scene;
import dev.oriel.testkit.nat.Internet;
import dev.oriel.testkit.viewer.ForeignViewer;
import dev.oriel.testkit.viewer.ForeignViewer.Make;
import dev.oriel.testkit.viewer.ForeignViewer.Way;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Neither side has IPv4. */
@Timeout(60)
final class Ipv6Test {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void watch_onlyIpv6_plays() throws Exception {
        assumeTrue(Internet.possible(), "networks for viewer and server need root");
        try (Internet internet = Internet.build()) {
            internet.onlyIpv6();
            try (StandaloneOriel oriel = StandaloneOriel.startWithin(
                            internet.atServer(),
                            "--port",
                            Integer.toString(Internet.SIGNALING_PORT),
                            "--media-port",
                            "8189");
                    ForeignViewer viewer = ForeignViewer.open(
                            Make.LIBWEBRTC,
                            URI.create("http://[" + Internet.SERVER_6 + "]:" + Internet.SIGNALING_PORT + "/demo/whep"),
                            Way.PLAIN.within(internet.atViewer()))) {
                viewer.awaitPictures(2 * Scene.RATE, PATIENCE);

                assertFalse(viewer.answer().matches("(?s).*a=candidate:\\S+ 1 udp \\d+ [0-9.]+ .*"), viewer.answer());
                assertFalse(oriel.output().contains("ERROR"), oriel.output());
            }
        }
    }
}
