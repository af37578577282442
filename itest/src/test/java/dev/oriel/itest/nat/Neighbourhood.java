package dev.oriel.itest.nat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.oriel.itest.standalone.Running;
import dev.oriel.itest.standalone.StandaloneOriel;
import dev.oriel.testkit.camera.Scene;
import dev.oriel.testkit.nat.Coturn;
import dev.oriel.testkit.nat.Internet;
import dev.oriel.testkit.nat.Internet.Gate;
import dev.oriel.testkit.nat.Kind;
import dev.oriel.testkit.viewer.ForeignViewer;
import dev.oriel.testkit.viewer.ForeignViewer.Make;
import dev.oriel.testkit.viewer.ForeignViewer.Way;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** An {@link Internet} with coturn, Oriel behind the server's router, and what the tests do in it. */
final class Neighbourhood implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final long ASK_AGAIN_MILLIS = 200;

    private final Running running = new Running();
    private final Internet internet;
    private final Coturn coturn;
    private final StandaloneOriel oriel;

    /**
     * Builds it with the server's router of a kind.
     *
     * @param configuration a folder with the configuration of Oriel, as {@code --config} has it
     */
    Neighbourhood(Path configuration, Kind servers, String... rules) throws Exception {
        assumeTrue(Internet.possible(), "networks for viewer and server need root");
        try {
            internet = running.keep(Internet.build());
            internet.gate(Gate.SERVER, servers, rules);
            coturn = running.keep(Coturn.start(internet));
            oriel = running.keep(StandaloneOriel.startWithin(
                    internet.atServer(),
                    "--port",
                    Integer.toString(Internet.SIGNALING_PORT),
                    "--media-port",
                    "8189",
                    "--config",
                    configuration.toString()));
        } catch (Exception e) {
            running.close();
            throw e;
        }
    }

    /** Writes the configuration of the egress into a folder. */
    static Path configure(Path folder, String... lines) throws IOException {
        Files.write(folder.resolve("dev.oriel.egress.cfg"), List.of(lines));
        return folder;
    }

    Internet internet() {
        return internet;
    }

    Coturn coturn() {
        return coturn;
    }

    /** What the server has said. */
    String output() {
        return oriel.output();
    }

    /** A viewer with libwebrtc; {@code helper} is {@code none}, {@code stun}, or {@code turn} with only its relay. */
    ForeignViewer watch(String host, String helper) throws Exception {
        Way way = switch (helper) {
            case "stun" -> Way.PLAIN.with(coturn.stun());
            case "turn" -> Way.PLAIN.with(coturn.turn("udp")).byRelay();
            case "turn-tcp" -> Way.PLAIN.with(coturn.turn("tcp")).byRelay();
            default -> Way.PLAIN;
        };
        return watch(Make.LIBWEBRTC, host, way);
    }

    ForeignViewer watch(Make make, String host, Way way) throws Exception {
        URI whep = URI.create("http://" + host + ":" + Internet.SIGNALING_PORT + "/demo/whep");
        return ForeignViewer.open(make, whep, way.within(internet.atViewer()));
    }

    /** Waits for two seconds of pictures. */
    void plays(ForeignViewer viewer) throws Exception {
        long began = System.nanoTime();
        viewer.awaitPictures(2 * Scene.RATE, PATIENCE);
        System.out.println("Two seconds of pictures after "
                + Duration.ofNanos(System.nanoTime() - began).toMillis() + " ms");
        assertEquals("CONNECTED", viewer.state(), viewer::output);
    }

    /** Waits until the server says of its viewers what is wanted. */
    String awaitSaid(String wanted) throws Exception {
        return await(wanted, this::viewers);
    }

    /** Waits until the server has printed a word. */
    void awaitOutput(String word) throws Exception {
        await(word, oriel::output);
    }

    private static String await(String wanted, Callable<String> saying) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String said = saying.call();
        while (!said.contains(wanted)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("The server did not say " + wanted + ", but " + said);
            }
            new CompletableFuture<Void>()
                    .completeOnTimeout(null, ASK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)
                    .join();
            said = saying.call();
        }
        return said;
    }

    /** What the server says of its viewers now. */
    String viewers() throws Exception {
        List<String> command = new ArrayList<>(internet.atServer());
        command.addAll(List.of(
                "python3",
                "-c",
                "import sys, urllib.request; print(urllib.request.urlopen(sys.argv[1], timeout=5).read().decode())",
                "http://127.0.0.1:" + Internet.SIGNALING_PORT + "/api/oriel/viewers"));
        Process asking = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(asking.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, asking.waitFor(), said);
        return said;
    }

    @Override
    public void close() throws Exception {
        running.close();
    }
}
