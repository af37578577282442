package dev.oriel.itest.nat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.testkit.nat.Internet;
import dev.oriel.testkit.nat.Internet.Gate;
import dev.oriel.testkit.nat.Kind;
import dev.oriel.testkit.viewer.ForeignViewer;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Routers at both sides that give each connection a port of its own, and a relay that only the server is told of: a viewer's
 * page need not carry its password.
 */
@Timeout(60)
final class RelayAtServerTest {

    private static final String RELAY = "turn:" + Internet.HELPER + ":3478?transport=";

    /** The second server's network lets no UDP out. */
    @ParameterizedTest
    @CsvSource({"udp, ''", "tcp, no-udp"})
    void watch_symmetricAtBothSides_playsByTheServersRelay(String transport, String rule, @TempDir Path folder)
            throws Exception {
        Neighbourhood.configure(
                folder, "turnServers=" + RELAY + transport, "turnUsername=viewer", ".turnPassword=s3cret");
        try (Neighbourhood neighbourhood = new Neighbourhood(folder, Kind.SYMMETRIC, rule)) {
            neighbourhood.internet().gate(Gate.VIEWER, Kind.SYMMETRIC);
            neighbourhood.awaitOutput(Internet.HELPER + ":5");

            // The relay lets nobody in whose address it was not told, and this viewer does not know its outer one.
            try (ForeignViewer viewer = neighbourhood.watch(Internet.SERVER_GATE, "none")) {
                neighbourhood.awaitSaid("Nothing has come from the viewer");
                assertEquals(0, viewer.pictures());
            }
            try (ForeignViewer viewer = neighbourhood.watch(Internet.SERVER_GATE, "stun")) {
                assertTrue(viewer.answer().contains(" typ relay"), viewer.answer());
                neighbourhood.plays(viewer);
            }
            assertTrue(!neighbourhood.output().contains("s3cret"), "a password was printed");
        }
    }
}
