package dev.oriel.signaling.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.signaling.SignalingDialect;
import dev.oriel.api.viewer.ViewerSession;
import dev.oriel.signaling.FakeHub;
import dev.oriel.signaling.FakeRelay;
import dev.oriel.signaling.FakeSession;
import dev.oriel.signaling.background.BackgroundThreads;
import dev.oriel.signaling.dialect.RtspToWebDialect;
import dev.oriel.signaling.dialect.WhepDialect;
import dev.oriel.signaling.front.HttpFront;
import dev.oriel.signaling.jakarta.JakartaServlet;
import dev.oriel.signaling.javax.JavaxServlet;
import dev.oriel.signaling.page.PageDialect;
import dev.oriel.signaling.settings.SignalingSettings;
import dev.oriel.signaling.source.AddedCameras;
import dev.oriel.signaling.source.CameraStates;
import dev.oriel.signaling.wire.Base64Text;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both shells in a real server. */
class ServletsTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String OFFER = "v=0\r\n";

    private final FakeRelay relay = new FakeRelay().with("front", "rtsp://192.0.2.20/h264");
    private final BackgroundThreads background = new BackgroundThreads();
    private final HttpFront front = new HttpFront(background, relay);
    private final HttpClient client = HttpClient.newHttpClient();
    private Server server = new Server();

    /** A servlet world, mounted somewhere. */
    enum World {
        JAKARTA("/oriel"),
        JAKARTA_ROOT(""),
        JAVAX("/oriel"),
        JAVAX_ROOT("");

        private final String mount;

        World(String mount) {
            this.mount = mount;
        }

        Handler handler(HttpFront front) {
            return switch (this) {
                case JAKARTA, JAKARTA_ROOT -> {
                    var context = new org.eclipse.jetty.ee9.servlet.ServletContextHandler();
                    var holder = new org.eclipse.jetty.ee9.servlet.ServletHolder(new JakartaServlet(front));
                    holder.setAsyncSupported(true);
                    context.addServlet(holder, mount + "/*");
                    yield context.get();
                }
                case JAVAX, JAVAX_ROOT -> {
                    var context = new org.eclipse.jetty.ee8.servlet.ServletContextHandler();
                    var holder = new org.eclipse.jetty.ee8.servlet.ServletHolder(new JavaxServlet(front));
                    holder.setAsyncSupported(true);
                    context.addServlet(holder, mount + "/*");
                    yield context.get();
                }
            };
        }
    }

    @BeforeEach
    void bindDialects() {
        SignalingSettings settings = new SignalingSettings("/", List.of(), false, List.of("*"));
        List<SignalingDialect> dialects = List.of(
                new WhepDialect(settings),
                new RtspToWebDialect(
                        settings, background, new CameraStates(new FakeHub()), AddedCameras.by(camera -> () -> {})),
                new PageDialect());
        dialects.forEach(dialect -> front.bindDialect(dialect, Map.of("service.ranking", -dialects.indexOf(dialect))));
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
        background.stop();
    }

    @ParameterizedTest
    @EnumSource
    void whep_fromOfferToEnd_worksByTheLocationsItTells(World world) throws Exception {
        start(world);
        FakeSession session = new FakeSession("7d1cbf8e");
        relay.next = CompletableFuture.completedFuture(session);
        relay.sessions.put(session.id(), session);

        HttpResponse<String> created =
                send(world, "POST", "/front/whep", BodyPublishers.ofString(OFFER), "Content-Type", "application/sdp");
        String location = created.headers().firstValue("Location").orElseThrow();
        HttpResponse<String> patched = send(
                world,
                "PATCH",
                location.substring(world.mount.length()),
                BodyPublishers.ofString("a=candidate:1\r\n"),
                "Content-Type",
                "application/trickle-ice-sdpfrag",
                "If-Match",
                created.headers().firstValue("ETag").orElseThrow());
        HttpResponse<String> deleted =
                send(world, "DELETE", location.substring(world.mount.length()), BodyPublishers.noBody());

        assertEquals(201, created.statusCode());
        assertEquals(FakeSession.ANSWER, created.body());
        assertEquals(
                "application/sdp", created.headers().firstValue("Content-Type").orElseThrow());
        assertEquals(world.mount + "/front/whep/7d1cbf8e", location);
        assertEquals(204, patched.statusCode());
        assertEquals(List.of("a=candidate:1\r\n"), session.changes);
        assertEquals(200, deleted.statusCode());
        assertTrue(session.end.isDone());
    }

    @ParameterizedTest
    @EnumSource
    void formOfOpenhab_isAnsweredToTheByte(World world) throws Exception {
        start(world);

        HttpResponse<String> answer = send(
                world,
                "POST",
                "/stream/front/channel/0/webrtc",
                BodyPublishers.ofString("data=dj0wDQo%3D"),
                "Content-Type",
                "application/x-www-form-urlencoded;charset=UTF-8");

        assertEquals(200, answer.statusCode());
        assertEquals(Base64Text.encode(FakeSession.ANSWER), answer.body());
        assertEquals(
                "text/plain;charset=utf-8",
                answer.headers()
                        .firstValue("Content-Type")
                        .orElseThrow()
                        .toLowerCase()
                        .replace(" ", ""));
        assertEquals(OFFER, relay.offers.get(0).sdp());
    }

    @ParameterizedTest
    @EnumSource
    void body_longerThanTheLimit_is413InTheFormOfTheDialect(World world) throws Exception {
        start(world);
        byte[] tooLong = new byte[300_000];

        HttpResponse<String> declared = send(
                world, "POST", "/front/whep", BodyPublishers.ofByteArray(tooLong), "Content-Type", "application/sdp");
        HttpResponse<String> chunked = send(
                world,
                "POST",
                "/front/whep",
                BodyPublishers.fromPublisher(BodyPublishers.ofByteArrays(List.of(tooLong))),
                "Content-Type",
                "application/sdp");
        HttpResponse<String> longest = send(
                world,
                "POST",
                "/front/whep",
                BodyPublishers.ofByteArray("v".repeat(65_536).getBytes()),
                "Content-Type",
                "application/sdp");

        assertEquals(413, declared.statusCode());
        assertTrue(declared.body().contains("\"error\":\"The body"), declared.body());
        assertEquals(413, chunked.statusCode());
        assertEquals(201, longest.statusCode());
    }

    @ParameterizedTest
    @EnumSource(names = {"JAKARTA", "JAVAX"})
    void offers_whileCamerasConnect_holdNoThread(World world) throws Exception {
        // Jetty needs some of them itself; twenty requests would not fit in.
        server = new Server(new QueuedThreadPool(6));
        start(world);
        CompletableFuture<ViewerSession> camera = new CompletableFuture<>();
        relay.next = camera;
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            answers.add(client.sendAsync(
                    request(
                            world,
                            "POST",
                            "/front/whep",
                            BodyPublishers.ofString(OFFER),
                            "Content-Type",
                            "application/sdp"),
                    BodyHandlers.ofString()));
        }

        assertEquals(200, send(world, "GET", "/", BodyPublishers.noBody()).statusCode());
        camera.complete(new FakeSession("later"));

        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            assertEquals(201, answer.get(10, TimeUnit.SECONDS).statusCode());
        }
    }

    @ParameterizedTest
    @EnumSource
    void head_ofAPage_hasItsLengthAndNoBody(World world) throws Exception {
        start(world);

        HttpResponse<String> page = send(world, "GET", "/", BodyPublishers.noBody());
        HttpResponse<String> head = send(world, "HEAD", "/", BodyPublishers.noBody());

        assertEquals(200, head.statusCode());
        assertEquals("", head.body());
        assertEquals(page.headers().firstValue("Content-Length"), head.headers().firstValue("Content-Length"));
    }

    @ParameterizedTest
    @EnumSource
    void name_withCharactersThatUrlsEncode_isFound(World world) throws Exception {
        start(world);
        relay.with("Y7L7SZ======", "rtsp://192.0.2.20/h264");

        for (String path : List.of("/Y7L7SZ======/whep", "/Y7L7SZ%3D%3D%3D%3D%3D%3D/whep")) {
            HttpResponse<String> answer =
                    send(world, "POST", path, BodyPublishers.ofString(OFFER), "Content-Type", "application/sdp");
            assertEquals(201, answer.statusCode(), path);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JAKARTA", "JAVAX"})
    void mount_withoutSlash_leadsToThePage(World world) throws Exception {
        start(world);

        HttpResponse<String> answer = send(world, "GET", "", BodyPublishers.noBody());

        assertEquals(308, answer.statusCode());
        assertEquals("/oriel/", answer.headers().firstValue("Location").orElseThrow());
    }

    private void start(World world) throws Exception {
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(world.handler(front));
        server.start();
    }

    private HttpResponse<String> send(
            World world, String method, String path, HttpRequest.BodyPublisher body, String... headers)
            throws Exception {
        return client.send(request(world, method, path, body, headers), BodyHandlers.ofString());
    }

    private HttpRequest request(
            World world, String method, String path, HttpRequest.BodyPublisher body, String... headers) {
        int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + world.mount + path))
                .timeout(SOON)
                .method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.build();
    }
}
