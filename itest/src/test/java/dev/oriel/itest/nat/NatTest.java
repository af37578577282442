package dev.oriel.itest.nat;

import dev.oriel.testkit.nat.Internet;
import dev.oriel.testkit.nat.Internet.Gate;
import dev.oriel.testkit.nat.Internet.Link;
import dev.oriel.testkit.nat.Kind;
import dev.oriel.testkit.viewer.ForeignViewer;
import dev.oriel.testkit.viewer.ForeignViewer.Make;
import dev.oriel.testkit.viewer.ForeignViewer.Way;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A server with nothing configured, and viewers behind every kind of router; each case is a row of docs/nat.md. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NatTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Neighbourhood neighbourhood;
    private Internet internet;

    @BeforeAll
    void build(@TempDir Path nothing) throws Exception {
        neighbourhood = new Neighbourhood(nothing, Kind.OPEN);
        internet = neighbourhood.internet();
    }

    @AfterAll
    void stop() throws Exception {
        if (neighbourhood != null) {
            neighbourhood.close();
        }
    }

    @AfterEach
    void open() throws Exception {
        internet.gate(Gate.VIEWER, Kind.OPEN);
        internet.gate(Gate.SERVER, Kind.OPEN);
    }

    /** The server is reached by its own address, and learns the viewer's from the checks that come. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void watch_serverPublic_playsBehindEveryRouter(Kind viewers) throws Exception {
        internet.gate(Gate.VIEWER, viewers);

        try (ForeignViewer viewer = neighbourhood.watch(Internet.SERVER, "none")) {
            neighbourhood.plays(viewer);
        }
    }

    @ParameterizedTest
    @CsvSource({"AIORTC, SYMMETRIC", "WEBRTCBIN_PCMA, SYMMETRIC"})
    void watch_serverPublic_playsForEveryMake(Make make, Kind viewers) throws Exception {
        internet.gate(Gate.VIEWER, viewers);

        try (ForeignViewer viewer = neighbourhood.watch(make, Internet.SERVER, Way.PLAIN)) {
            neighbourhood.plays(viewer);
        }
    }

    /** The viewer's network lets no UDP out: the port of the same number takes it by TCP. */
    @Test
    void watch_noUdpAtViewer_playsByTcp() throws Exception {
        internet.gate(Gate.VIEWER, Kind.SYMMETRIC, "no-udp");

        try (ForeignViewer viewer = neighbourhood.watch(Internet.SERVER, "none")) {
            neighbourhood.plays(viewer);
        }
    }

    /** The viewer's network lets out no UDP, and TCP to the helper only. */
    @Test
    void watch_noUdpAtViewer_playsByItsRelayOverTcp() throws Exception {
        internet.gate(Gate.VIEWER, Kind.SYMMETRIC, "no-udp");

        try (ForeignViewer viewer = neighbourhood.watch(Internet.SERVER, "turn-tcp")) {
            neighbourhood.plays(viewer);
        }
    }

    @Test
    void watch_byItsRelayOverUdp_plays() throws Exception {
        internet.gate(Gate.VIEWER, Kind.SYMMETRIC);

        try (ForeignViewer viewer = neighbourhood.watch(Internet.SERVER, "turn")) {
            neighbourhood.plays(viewer);
        }
    }

    /** The server has two addresses; to the first, from which it sends by itself, the viewer's network lets nothing out. */
    @Test
    void watch_otherAddressOfTheServer_isAnsweredFromIt() throws Exception {
        internet.gate(Gate.VIEWER, Kind.PORT_RESTRICTED, "no", Internet.SERVER, "no-tcp");

        try (ForeignViewer viewer = neighbourhood.watch(Internet.OTHER_SERVER, "none")) {
            neighbourhood.plays(viewer);
        }
    }

    /** The server sends checks, too, and so opens its router towards a viewer that can be reached. */
    @ParameterizedTest
    @CsvSource({
        "FULL_CONE, OPEN, none",
        "PORT_RESTRICTED, OPEN, none",
        "SYMMETRIC, OPEN, none",
        "SYMMETRIC, FULL_CONE, stun"
    })
    void watch_serverBehindRouter_playsWhereTheViewerIsReached(Kind servers, Kind viewers, String helper)
            throws Exception {
        internet.gate(Gate.SERVER, servers);
        internet.gate(Gate.VIEWER, viewers);

        try (ForeignViewer viewer = neighbourhood.watch(Internet.SERVER_GATE, helper)) {
            neighbourhood.plays(viewer);
        }
    }

    /** As each night at some providers: what comes from the viewer has another address from now on. */
    @ParameterizedTest
    @EnumSource(names = {"PORT_RESTRICTED", "SYMMETRIC"})
    void watch_routersAddressChanges_pictureGoesOn(Kind viewers) throws Exception {
        internet.gate(Gate.VIEWER, viewers);
        try (ForeignViewer viewer = neighbourhood.watch(Internet.SERVER, "none")) {
            neighbourhood.plays(viewer);

            internet.readdress(Gate.VIEWER, "203.0.113.21");

            long began = System.nanoTime();
            neighbourhood.plays(viewer);
            // Two seconds are two seconds, and what is under way when it happens counts for little.
            System.out.println("Address changed: away for "
                    + Duration.ofNanos(System.nanoTime() - began)
                            .minusSeconds(2)
                            .toMillis() + " ms");
        } finally {
            internet.readdress(Gate.VIEWER, "203.0.113.20");
        }
    }

    /** Out of the house: one network goes, another has been there since before. */
    @Test
    void watch_viewerLosesOneOfTwoNetworks_pictureGoesOn() throws Exception {
        internet.gate(Gate.VIEWER, Kind.PORT_RESTRICTED);
        internet.gate(Gate.MOBILE, Kind.SYMMETRIC);
        internet.link("mobile", Link.UP);
        try (ForeignViewer viewer = neighbourhood.watch(Internet.SERVER, "none")) {
            neighbourhood.plays(viewer);

            internet.link("wifi", Link.DOWN);

            neighbourhood.plays(viewer);
        } finally {
            internet.link("wifi", Link.UP);
            internet.link("mobile", Link.DOWN);
        }
    }
}
