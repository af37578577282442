package dev.oriel.itest.nat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.testkit.nat.Internet;
import dev.oriel.testkit.nat.Internet.Gate;
import dev.oriel.testkit.nat.Kind;
import dev.oriel.testkit.viewer.ForeignViewer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server behind a router that forwards nothing, and that is told of a STUN server. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ServerBehindRouterTest {

    private Neighbourhood neighbourhood;

    @BeforeAll
    void build(@TempDir Path folder) throws Exception {
        neighbourhood = new Neighbourhood(
                Neighbourhood.configure(folder, "stunServers=" + Internet.HELPER + ":3478"), Kind.PORT_RESTRICTED);
        // The first viewer may be answered before STUN is: nobody waits for it.
        neighbourhood.internet().gate(Gate.VIEWER, Kind.OPEN);
        try (ForeignViewer viewer = neighbourhood.watch(Internet.SERVER_GATE, "none")) {
            neighbourhood.plays(viewer);
        }
    }

    @AfterAll
    void stop() throws Exception {
        if (neighbourhood != null) {
            neighbourhood.close();
        }
    }

    /** Both routers are opened from inside, each towards the outer address that STUN has told the other side. */
    @Order(1)
    @ParameterizedTest
    @CsvSource({
        "OPEN, none",
        "FULL_CONE, stun",
        "PORT_RESTRICTED, stun",
        "PORT_RESTRICTED, turn",
        "SYMMETRIC, turn",
        "SYMMETRIC, turn-tcp"
    })
    void watch_serverPortRestricted_plays(Kind viewers, String helper) throws Exception {
        neighbourhood.internet().gate(Gate.VIEWER, viewers);

        try (ForeignViewer viewer = neighbourhood.watch(Internet.SERVER_GATE, helper)) {
            assertTrue(viewer.answer().contains(" " + Internet.SERVER_GATE + " 8189 typ srflx"), viewer.answer());
            neighbourhood.plays(viewer);
        }
    }

    /** A port that nobody can foretell, at either side, and no relay. */
    @Test
    @Order(2)
    void watch_symmetricBehindPortRestricted_saysThatOnlyARelayHelps() throws Exception {
        neighbourhood.internet().gate(Gate.VIEWER, Kind.SYMMETRIC);

        saysThatOnlyARelayHelps();
    }

    @Test
    @Order(3)
    void watch_symmetricAtBothSides_saysThatOnlyARelayHelps() throws Exception {
        neighbourhood.internet().gate(Gate.VIEWER, Kind.SYMMETRIC);
        neighbourhood.internet().gate(Gate.SERVER, Kind.SYMMETRIC);

        saysThatOnlyARelayHelps();
    }

    /** A relay lets in by address, whatever the port; so the viewer's own is enough. */
    @Test
    @Order(4)
    void watch_symmetricAtBothSidesWithRelayAtTheViewer_plays() throws Exception {
        neighbourhood.internet().gate(Gate.VIEWER, Kind.SYMMETRIC);
        neighbourhood.internet().gate(Gate.SERVER, Kind.SYMMETRIC);

        try (ForeignViewer viewer = neighbourhood.watch(Internet.SERVER_GATE, "turn")) {
            neighbourhood.plays(viewer);
        }
    }

    private void saysThatOnlyARelayHelps() throws Exception {
        try (ForeignViewer viewer = neighbourhood.watch(Internet.SERVER_GATE, "stun")) {
            String said = neighbourhood.awaitSaid("only a relay (TURN) helps");

            System.out.println("Said of a viewer that cannot be reached: " + said);
            assertTrue(said.contains("\"state\":\"checking\""), said);
            assertEquals(0, viewer.pictures());
        }
    }
}
