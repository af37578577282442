package dev.oriel.itest.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.oriel.testkit.process.ChildProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Firefox, headless, which watches one WHEP address by a page that reports what it sees.
 *
 * <p>Firefox gets H.264 from a plug-in that it loads from its maker's server, which a test does not do. So it offers none, and is
 * a viewer of sound only. It reaches nobody but this machine, and ends with {@link #close} and with the test's process.
 */
final class Firefox implements AutoCloseable {

    private static final Path PROGRAM = Path.of(System.getProperty("oriel.firefox", "/usr/bin/firefox-esr"));
    private static final String PREFERENCES = """
            user_pref("network.proxy.type", 1);
            user_pref("network.proxy.http", "127.0.0.1");
            user_pref("network.proxy.http_port", 9);
            user_pref("network.proxy.ssl", "127.0.0.1");
            user_pref("network.proxy.ssl_port", 9);
            user_pref("app.update.enabled", false);
            user_pref("datareporting.policy.dataSubmissionEnabled", false);
            user_pref("media.gmp-manager.updateEnabled", false);
            user_pref("media.autoplay.default", 0);
            """;

    private final HttpServer server;
    private final Path home;
    private final URI whep;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final List<String> said = new ArrayList<>();
    private Optional<ChildProcess> process = Optional.empty();

    private Firefox(URI whep) throws IOException {
        this.whep = whep;
        this.home = Files.createTempDirectory("oriel-firefox");
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::page);
        server.createContext("/whep", this::forward);
        server.createContext("/said", this::hear);
        server.start();
    }

    /** @throws IllegalStateException if it is not installed */
    static Firefox watch(URI whep) throws IOException {
        if (!Files.isExecutable(PROGRAM)) {
            throw new IllegalStateException("There is no Firefox at " + PROGRAM
                    + "; install it (Debian: apt-get install firefox-esr) or name it with -Doriel.firefox=PATH.");
        }
        Firefox firefox = new Firefox(whep);
        try {
            firefox.start();
            return firefox;
        } catch (IOException | RuntimeException e) {
            firefox.close();
            throw e;
        }
    }

    /**
     * Waits for something that its page says.
     *
     * @throws AssertionError when it did not in time; says all that was said
     */
    <T> T await(String what, Function<String, Optional<T>> meaning, Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        synchronized (said) {
            while (true) {
                for (String line : said) {
                    Optional<T> found = meaning.apply(line);
                    if (found.isPresent()) {
                        return found.get();
                    }
                }
                long leftMillis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (leftMillis <= 0) {
                    throw new AssertionError(
                            "Firefox did not say " + what + " in " + timeout + ", but:\n" + String.join("\n", said)
                                    + process.map(p -> "\nand\n" + p.output()).orElse(""));
                }
                said.wait(leftMillis);
            }
        }
    }

    /** The rest of the first line that begins with a word. */
    String awaitLine(String word, Duration timeout) throws InterruptedException {
        return await(
                word,
                line -> line.startsWith(word) ? Optional.of(line.substring(word.length())) : Optional.empty(),
                timeout);
    }

    @Override
    public void close() {
        process.ifPresent(ChildProcess::close);
        server.stop(0);
        try (Stream<Path> files = Files.walk(home)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new IllegalStateException("Firefox's folder stays: " + home, e);
        }
    }

    private void start() throws IOException {
        Files.writeString(home.resolve("user.js"), PREFERENCES);
        List<String> command = List.of(
                "env",
                "HOME=" + home,
                "MOZ_HEADLESS=1",
                PROGRAM.toString(),
                "--no-remote",
                "--profile",
                home.toString(),
                "http://127.0.0.1:" + server.getAddress().getPort() + "/");
        process = Optional.of(ChildProcess.start("firefox", ChildProcess.endingWithInput(List.of(), command)));
    }

    private void page(HttpExchange exchange) throws IOException {
        try (InputStream page = Firefox.class.getResourceAsStream("firefox.html")) {
            if (page == null) {
                throw new IOException("firefox.html is not on the class path");
            }
            reply(exchange, 200, page.readAllBytes());
        }
    }

    private void forward(HttpExchange exchange) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(whep)
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/sdp")
                .POST(HttpRequest.BodyPublishers.ofByteArray(
                        exchange.getRequestBody().readAllBytes()))
                .build();
        try {
            HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            reply(exchange, answer.statusCode(), answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void hear(HttpExchange exchange) throws IOException {
        String line = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        synchronized (said) {
            said.add(line);
            said.notifyAll();
        }
        reply(exchange, 200, new byte[0]);
    }

    private static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }
}
