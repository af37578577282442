package dev.oriel.itest.nat;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.testkit.nat.Internet;
import dev.oriel.testkit.nat.Internet.Gate;
import dev.oriel.testkit.nat.Kind;
import dev.oriel.testkit.viewer.ForeignViewer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server behind a router that forwards its port; it is told the outer address. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ForwardedPortTest {

    private Neighbourhood neighbourhood;

    @BeforeAll
    void build(@TempDir Path folder) throws Exception {
        neighbourhood = new Neighbourhood(
                Neighbourhood.configure(folder, "hostCandidates=" + Internet.SERVER_GATE), Kind.SYMMETRIC, "forward");
    }

    @AfterAll
    void stop() throws Exception {
        if (neighbourhood != null) {
            neighbourhood.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SYMMETRIC, '', none",
        "PORT_RESTRICTED, '', none",
        "SYMMETRIC, no-udp, none",
        "SYMMETRIC, no-udp, turn-tcp"
    })
    void watch_portForwarded_plays(Kind viewers, String rule, String helper) throws Exception {
        neighbourhood.internet().gate(Gate.VIEWER, viewers, rule);

        try (ForeignViewer viewer = neighbourhood.watch(Internet.SERVER_GATE, helper)) {
            assertTrue(viewer.answer().contains(" " + Internet.SERVER_GATE + " 8189 typ "), viewer.answer());
            neighbourhood.plays(viewer);
        }
    }
}
