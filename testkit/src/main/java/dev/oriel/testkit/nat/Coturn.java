package dev.oriel.testkit.nat;

import dev.oriel.testkit.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * coturn as STUN and TURN server in the public part of an {@link Internet}, over UDP and TCP. Its process ends with
 * {@link #close} and with this Java machine.
 */
public final class Coturn implements AutoCloseable {

    private static final Duration STARTED = Duration.ofSeconds(20);
    private static final int PORT = 3478;
    private static final String USER = "viewer";
    private static final String PASSWORD = "s3cret";

    private final ChildProcess process;
    private final Path folder;

    private Coturn(ChildProcess process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    /**
     * Starts it and waits until it listens.
     *
     * @throws IOException when it is not installed; says what was printed
     */
    public static Coturn start(Internet internet) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("oriel-coturn");
        List<String> command = new ArrayList<>(internet.publicly());
        command.addAll(List.of(
                "turnserver",
                "-n",
                "--log-file=stdout",
                "--listening-ip=" + Internet.HELPER,
                "--relay-ip=" + Internet.HELPER,
                "--listening-port=" + PORT,
                "--min-port=50000",
                "--max-port=50999",
                "--realm=turn.example",
                "--lt-cred-mech",
                "--user=" + USER + ":" + PASSWORD,
                "--no-tls",
                "--no-dtls",
                "--no-cli",
                "--no-rfc5780",
                "--userdb=" + folder.resolve("turndb"),
                "--pidfile=" + folder.resolve("turnserver.pid")));
        ChildProcess process = ChildProcess.start("coturn", ChildProcess.endingWithInput(List.of(), command));
        try {
            process.await(
                    "that it listens",
                    line -> Optional.of(line).filter(said -> said.contains("Total General servers")),
                    STARTED);
            return new Coturn(process, folder);
        } catch (IOException | InterruptedException | RuntimeException e) {
            process.close();
            throw e;
        }
    }

    /** Its STUN, as {@code stun:host:port}. */
    public String stun() {
        return "stun:" + Internet.HELPER + ":" + PORT;
    }

    /** Its TURN by {@code udp} or {@code tcp}, as {@code turn:user:password@host:port?transport=udp}. */
    public String turn(String transport) {
        return "turn:" + USER + ":" + PASSWORD + "@" + Internet.HELPER + ":" + PORT + "?transport=" + transport;
    }

    /** What it printed. */
    public String output() {
        return process.output();
    }

    @Override
    public void close() {
        process.close();
        try {
            for (String file : List.of("turndb", "turnserver.pid", "")) {
                Files.deleteIfExists(folder.resolve(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("coturn's folder stays: " + folder, e);
        }
    }
}
