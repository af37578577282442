package dev.oriel.egress.passthrough;

import dev.oriel.testkit.process.ChildProcess;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Coturn, Debian's, as a child process on loopback: STUN, and TURN over UDP, TCP and TLS. */
final class Coturn implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int ATTEMPTS = 3;

    final int port;
    final int tlsPort;
    private final Path folder;
    private final ChildProcess process;

    private Coturn(int port, int tlsPort, Path folder, ChildProcess process) {
        this.port = port;
        this.tlsPort = tlsPort;
        this.folder = folder;
        this.process = process;
    }

    /** Starts one; with free ports, which somebody else may have taken before it does. */
    static Coturn start(Path certificate, String... login) throws Exception {
        for (int attempt = 1; ; attempt++) {
            try {
                return start(freePort(), freePort(), certificate, List.of(login));
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static Coturn start(int port, int tlsPort, Path certificate, List<String> login) throws Exception {
        Path folder = Files.createTempDirectory("oriel-coturn");
        List<String> command = new ArrayList<>(List.of(
                "turnserver",
                "-n",
                "--listening-ip",
                "127.0.0.1",
                "--relay-ip",
                "127.0.0.1",
                "--allow-loopback-peers"));
        command.addAll(List.of("--listening-port", "" + port, "--tls-listening-port", "" + tlsPort));
        command.addAll(List.of("--cert", certificate.toString(), "--pkey", certificate.toString()));
        command.addAll(
                List.of("--no-cli", "--no-dtls", "--realm", "oriel.example", "--log-file", "stdout", "--verbose"));
        command.addAll(List.of("--pidfile", folder.resolve("pid").toString()));
        command.addAll(List.of("--userdb", folder.resolve("users").toString()));
        command.addAll(login);
        ChildProcess process = ChildProcess.start("coturn", command);
        Coturn coturn = new Coturn(port, tlsPort, folder, process);
        try {
            process.awaitPort("127.0.0.1", port, PATIENCE);
            return coturn;
        } catch (IOException e) {
            coturn.close();
            throw e;
        }
    }

    /** Another one at the same ports, once this one is closed. */
    Coturn again(Path certificate, String... login) throws Exception {
        return start(port, tlsPort, certificate, List.of(login));
    }

    String output() {
        return process.output();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        process.close();
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
