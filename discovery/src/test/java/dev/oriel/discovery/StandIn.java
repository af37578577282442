package dev.oriel.discovery;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A server that answers each path as a test says, and {@code 404 page not found} elsewhere, as servers written in Go do. */
final class StandIn implements AutoCloseable {

    private record Reply(int status, String type, byte[] body, String location) {}

    /** What was asked for: path, and the Authorization header behind a blank where one was sent. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    private final Map<String, Reply> replies = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch release = new CountDownLatch(1);
    private final HttpServer server;
    private final CountDownLatch question = new CountDownLatch(1);
    private volatile boolean silent;

    StandIn() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    StandIn with(String path, int status, String type, String body) {
        replies.put(path, new Reply(status, type, body.getBytes(StandardCharsets.UTF_8), ""));
        return this;
    }

    StandIn redirecting(String path, String location) {
        replies.put(path, new Reply(302, "text/html", new byte[0], location));
        return this;
    }

    StandIn silent() {
        silent = true;
        return this;
    }

    /** Waits until somebody has asked. */
    void awaitQuestion() throws InterruptedException {
        if (!question.await(5, TimeUnit.SECONDS)) {
            throw new AssertionError("nobody asked");
        }
    }

    String url() {
        return "http://" + authority();
    }

    String authority() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        release.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String login = exchange.getRequestHeaders().getFirst("Authorization");
        question.countDown();
        asked.add(login == null ? path : path + " " + login);
        if (silent) {
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return;
        }
        Reply reply = replies.getOrDefault(
                path, new Reply(404, "text/plain", "404 page not found\n".getBytes(StandardCharsets.UTF_8), ""));
        if (!reply.type().isEmpty()) {
            exchange.getResponseHeaders().set("Content-Type", reply.type());
        }
        if (!reply.location().isEmpty()) {
            exchange.getResponseHeaders().set("Location", reply.location());
        }
        exchange.sendResponseHeaders(reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(reply.body());
        }
    }
}
