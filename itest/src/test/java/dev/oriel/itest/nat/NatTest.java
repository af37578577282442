package dev.oriel.itest.nat;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.oriel.itest.standalone.Running;
import dev.oriel.itest.standalone.StandaloneOriel;
import dev.oriel.testkit.camera.Scene;
import dev.oriel.testkit.nat.Coturn;
import dev.oriel.testkit.nat.Internet;
import dev.oriel.testkit.nat.Internet.Gate;
import dev.oriel.testkit.nat.Internet.Link;
import dev.oriel.testkit.nat.Kind;
import dev.oriel.testkit.viewer.ForeignViewer;
import dev.oriel.testkit.viewer.ForeignViewer.Make;
import dev.oriel.testkit.viewer.ForeignViewer.Way;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A server with nothing configured, and viewers behind every kind of router; each case is a row of docs/nat.md. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NatTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Running running = new Running();
    private Internet internet;
    private Coturn coturn;
    private StandaloneOriel oriel;

    @BeforeAll
    void build() throws Exception {
        assumeTrue(Internet.possible(), "networks for viewer and server need root");
        internet = running.keep(Internet.build());
        coturn = running.keep(Coturn.start(internet));
        oriel = running.keep(StandaloneOriel.startWithin(
                internet.atServer(), "--port", Integer.toString(Internet.SIGNALING_PORT), "--media-port", "8189"));
    }

    @AfterAll
    void stop() throws Exception {
        running.close();
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

        try (ForeignViewer viewer = watch(Make.LIBWEBRTC, Internet.SERVER, Way.PLAIN)) {
            plays(viewer);
        }
    }

    @ParameterizedTest
    @CsvSource({"AIORTC, SYMMETRIC", "WEBRTCBIN_PCMA, SYMMETRIC"})
    void watch_serverPublic_playsForEveryMake(Make make, Kind viewers) throws Exception {
        internet.gate(Gate.VIEWER, viewers);

        try (ForeignViewer viewer = watch(make, Internet.SERVER, Way.PLAIN)) {
            plays(viewer);
        }
    }

    /** The viewer's network lets no UDP out: the port of the same number takes it by TCP. */
    @Test
    void watch_noUdpAtViewer_playsByTcp() throws Exception {
        internet.gate(Gate.VIEWER, Kind.SYMMETRIC, "no-udp");

        try (ForeignViewer viewer = watch(Make.LIBWEBRTC, Internet.SERVER, Way.PLAIN)) {
            plays(viewer);
        }
    }

    /** The viewer's network lets out no UDP, and TCP to the helper only. */
    @Test
    void watch_noUdpAtViewer_playsByItsRelayOverTcp() throws Exception {
        internet.gate(Gate.VIEWER, Kind.SYMMETRIC, "no-udp");

        try (ForeignViewer viewer = watch(
                Make.LIBWEBRTC,
                Internet.SERVER,
                Way.PLAIN.with(coturn.turn("tcp")).byRelay())) {
            plays(viewer);
        }
    }

    @Test
    void watch_byItsRelayOverUdp_plays() throws Exception {
        internet.gate(Gate.VIEWER, Kind.SYMMETRIC);

        try (ForeignViewer viewer = watch(
                Make.LIBWEBRTC,
                Internet.SERVER,
                Way.PLAIN.with(coturn.turn("udp")).byRelay())) {
            plays(viewer);
        }
    }

    /** The server has two addresses; to the first, from which it sends by itself, the viewer's network lets nothing out. */
    @Test
    void watch_otherAddressOfTheServer_isAnsweredFromIt() throws Exception {
        internet.gate(Gate.VIEWER, Kind.PORT_RESTRICTED, "no", Internet.SERVER, "no-tcp");

        try (ForeignViewer viewer = watch(Make.LIBWEBRTC, Internet.OTHER_SERVER, Way.PLAIN)) {
            plays(viewer);
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

        Way way = helper.equals("stun") ? Way.PLAIN.with(coturn.stun()) : Way.PLAIN;
        try (ForeignViewer viewer = watch(Make.LIBWEBRTC, Internet.SERVER_GATE, way)) {
            plays(viewer);
        }
    }

    /** As each night at some providers: what comes from the viewer has another address from now on. */
    @ParameterizedTest
    @EnumSource(names = {"PORT_RESTRICTED", "SYMMETRIC"})
    void watch_routersAddressChanges_pictureGoesOn(Kind viewers) throws Exception {
        internet.gate(Gate.VIEWER, viewers);
        try (ForeignViewer viewer = watch(Make.LIBWEBRTC, Internet.SERVER, Way.PLAIN)) {
            plays(viewer);

            internet.readdress(Gate.VIEWER, "203.0.113.21");

            plays(viewer);
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
        try (ForeignViewer viewer = watch(Make.LIBWEBRTC, Internet.SERVER, Way.PLAIN)) {
            plays(viewer);

            internet.link("wifi", Link.DOWN);

            plays(viewer);
        } finally {
            internet.link("wifi", Link.UP);
            internet.link("mobile", Link.DOWN);
        }
    }

    private ForeignViewer watch(Make make, String host, Way way) throws Exception {
        URI whep = URI.create("http://" + host + ":" + Internet.SIGNALING_PORT + "/demo/whep");
        return ForeignViewer.open(make, whep, way.within(internet.atViewer()));
    }

    private void plays(ForeignViewer viewer) throws Exception {
        long began = System.nanoTime();
        viewer.awaitPictures(2 * Scene.RATE, PATIENCE);
        System.out.println("Two seconds of pictures after "
                + Duration.ofNanos(System.nanoTime() - began).toMillis() + " ms");
        assertTrue(viewer.state().equals("CONNECTED"), viewer::output);
    }
}
