package dev.oriel.testkit.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The three HTTP forms on the wire, before a server that writes down what it got. */
final class AnswererTest {

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private URI root;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        root = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void whep_created_keepsSessionAndDeletesIt() throws Exception {
        on("/door/whep", 201, "the answer", "Location", "/door/whep/secret");
        on("/door/whep/secret", 200, "");
        WhepAnswerer whep = new WhepAnswerer(root.resolve("/door/whep"));

        String answer = whep.answer("the offer");
        int deleted = whep.delete();

        assertEquals("the answer", answer);
        assertEquals(root.resolve("/door/whep/secret"), whep.session().orElseThrow());
        assertEquals(200, deleted);
        assertEquals(List.of("POST /door/whep application/sdp the offer", "DELETE /door/whep/secret null "), requests);
    }

    @Test
    void whep_refused_tellsStatusAndBody() {
        on("/door/whep", 404, "no such stream", "Content-Type", "text/plain");

        SignalingRefused refused = assertThrows(
                SignalingRefused.class, () -> new WhepAnswerer(root.resolve("/door/whep")).answer("the offer"));

        assertEquals(404, refused.status());
        assertEquals("text/plain", refused.contentType());
        assertEquals("no such stream", refused.body());
    }

    @Test
    void streamForm_answered_isDecoded() throws Exception {
        on("/stream", 200, "{\"tracks\":[\"video\"],\"sdp64\":\"dGhlIGFuc3dlcg==\"}");

        String answer = new StreamFormAnswerer(root, "rtsp://camera/a?b=c&d").answer("the offer");

        assertEquals("the answer", answer);
        assertEquals(
                List.of("POST /stream application/x-www-form-urlencoded "
                        + "url=rtsp%3A%2F%2Fcamera%2Fa%3Fb%3Dc%26d&sdp64=dGhlIG9mZmVy"),
                requests);
    }

    @Test
    void streamForm_error_isRefused() {
        on("/stream", 500, "{\"error\":\"dial tcp\"}");

        SignalingRefused refused =
                assertThrows(SignalingRefused.class, () -> new StreamFormAnswerer(root, "rtsp://x").answer("o"));

        assertTrue(refused.body().contains("dial tcp"));
    }

    @Test
    void channelForm_answered_isDecoded() throws Exception {
        on("/stream/door/channel/0/webrtc", 200, "dGhlIGFuc3dlcg==\n");

        String answer = new ChannelFormAnswerer(root, "door", "0").answer("the offer");

        assertEquals("the answer", answer);
        assertEquals(
                List.of("POST /stream/door/channel/0/webrtc application/x-www-form-urlencoded data=dGhlIG9mZmVy"),
                requests);
    }

    private void on(String path, int status, String body, String... headers) {
        server.createContext(path, exchange -> {
            try (exchange) {
                requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                        + exchange.getRequestHeaders().getFirst("Content-Type") + " "
                        + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                reply(exchange, status, body, headers);
            }
        });
    }

    private static void reply(HttpExchange exchange, int status, String body, String... headers) throws IOException {
        for (int i = 0; i < headers.length; i += 2) {
            exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
