package dev.oriel.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.discovery.Discovery;
import dev.oriel.api.discovery.Discovery.Found;
import dev.oriel.api.discovery.Discovery.NotFound;
import dev.oriel.api.discovery.Discovery.Problem;
import dev.oriel.api.discovery.ProbeResult;
import dev.oriel.api.discovery.ProbeResult.Verdict;
import dev.oriel.api.discovery.ServerProbe;
import dev.oriel.api.discovery.ServerType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiscovererTest {

    private static final String JSON = "application/json; charset=utf-8";
    private static final String LIST =
            "{\"status\": 1, \"payload\": {\"a\": {\"name\": \"rtsp://me:s3cret@camera/\"}}}";
    private static final String LOGIN_PAGE = "<html><form action=/login></form></html>";

    private final HttpWeb web = new HttpWeb();
    private final Discoverer discoverer = new Discoverer(web);
    private final StandIn server = new StandIn();

    DiscovererTest() {
        discoverer.bindProbe(new RtspToWebProbe(web), Map.of());
        discoverer.bindProbe(new RtspToWebRtcProbe(web), Map.of());
    }

    @AfterEach
    void stop() {
        web.stop();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                LIST,
                "{\"status\":1,\"payload\":{}}",
                "{\"status\":1,\"payload\":null}",
                "{\"status\":\"1\",\"payload\":{},\"more\":1}"
            })
    void discover_listOfStreams_isRtspToWeb(String body) throws Exception {
        server.with("/streams", 200, JSON, body).with("/static", 200, "text/html", "<pre></pre>");

        assertType(ServerType.RTSP_TO_WEB, discover(server.url()));
    }

    @Test
    void discover_listLongerThanWhatIsRead_isRtspToWeb() throws Exception {
        server.with(
                "/streams", 200, JSON, "{\n \"status\": 1,\n \"payload\": {\"a\": \"" + "x".repeat(300_000) + "\"}}");

        assertType(ServerType.RTSP_TO_WEB, discover(server.url()));
    }

    @Test
    void discover_staticFolderOnly_isRtspToWebRtc() throws Exception {
        server.redirecting("/static", "/static/").with("/static/", 200, "text/html; charset=utf-8", "<pre></pre>");

        Discovery found = discover(server.url() + "/some/path?x=1");

        assertType(ServerType.RTSP_TO_WEBRTC, found);
        assertTrue(
                found.evidence().contains("RTSPtoWebRTC: GET /static: status 200, text/html, after 1 redirect"),
                found.evidence().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "401, 200, UNAUTHORIZED",
        "403, 404, UNAUTHORIZED",
        "401, 401, UNAUTHORIZED",
        "404, 401, UNAUTHORIZED",
        "500, 200, SERVER_FAILURE",
        "503, 503, SERVER_FAILURE",
        "404, 404, UNKNOWN_SERVER",
        "204, 204, UNKNOWN_SERVER",
        "200, 404, UNKNOWN_SERVER"
    })
    void discover_statusesWithoutBodies_areToldApart(int streams, int folder, Problem problem) throws Exception {
        server.with("/streams", streams, "", "").with("/static", folder, "", "");

        assertProblem(problem, discover(server.url()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                LOGIN_PAGE,
                "[]",
                "null",
                "{}",
                "{\"status\":1}",
                "{\"status\":0,\"payload\":{}}",
                "{\"status\":1,\"payload\":\"x\"}",
                "{\"status\":1,\"payload\":[]}",
                "{\"status\":1,"
            })
    void discover_somethingElseAtEveryPath_isUnknown(String body) throws Exception {
        server.with("/streams", 200, "text/html", body).with("/static", 200, "text/html", body);

        assertProblem(Problem.UNKNOWN_SERVER, discover(server.url()));
    }

    @Test
    void discover_loginPageByRedirect_isUnknown() throws Exception {
        server.redirecting("/streams", "/login")
                .redirecting("/static", "/login")
                .with("/login", 200, "text/html", LOGIN_PAGE);

        assertProblem(Problem.UNKNOWN_SERVER, discover(server.url()));
    }

    @Test
    void discover_redirectLoop_endsAfterFive() throws Exception {
        server.redirecting("/streams", "/streams").redirecting("/static", "/static");

        assertProblem(Problem.SERVER_UNREACHABLE, discover(server.url()));
        assertEquals(18, server.asked.size(), "two probes, three questions, six times each");
    }

    @Test
    void discover_redirectElsewhere_takesNoCredentialsAlong() throws Exception {
        try (StandIn other = new StandIn()) {
            server.redirecting("/streams", other.url() + "/streams");
            other.with("/streams", 200, JSON, LIST);

            assertType(ServerType.RTSP_TO_WEB, discover("http://me:s3cret@" + server.authority()));

            assertTrue(server.asked.contains("/streams Basic bWU6czNjcmV0"), server.asked.toString());
            assertEquals(List.of("/streams", "/streams"), other.asked);
        }
    }

    @Test
    void discover_redirectToAnotherScheme_isNotFollowed() throws Exception {
        server.redirecting("/streams", "file:///etc/passwd").redirecting("/static", "gopher://x/");

        assertProblem(Problem.SERVER_UNREACHABLE, discover(server.url()));
    }

    @ParameterizedTest
    @CsvSource({"me:s3cret, bWU6czNjcmV0", "me:s3cret%40+ß, bWU6czNjcmV0QCvDnw==", "me:s3cret/@x, bWU6czNjcmV0L0B4"})
    void discover_userInformation_isSentAsBasicAndNeverShown(String login, String basic) throws Exception {
        server.with("/streams", 200, JSON, LIST);

        Discovery found = discover("http://" + login + "@" + server.authority());

        assertType(ServerType.RTSP_TO_WEB, found);
        assertTrue(server.asked.contains("/streams Basic " + basic), server.asked.toString());
        assertFalse(found.toString().contains("s3cret"), found.toString());
    }

    @Test
    void discover_nobodyListens_isUnreachable() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        Discovery nothing = discover("http://127.0.0.1:" + port);

        assertProblem(Problem.SERVER_UNREACHABLE, nothing);
        assertTrue(
                nothing.evidence().contains("RTSPtoWeb: GET /streams: connection refused"),
                nothing.evidence().toString());
    }

    @Test
    void discover_notHttp_isUnreachable() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread talker = new Thread(() -> {
                try {
                    while (true) {
                        try (var peer = socket.accept()) {
                            peer.getOutputStream().write("SSH-2.0-x\r\n".getBytes());
                        }
                    }
                } catch (IOException e) {
                    // closed by the test
                }
            });
            talker.start();

            assertProblem(Problem.SERVER_UNREACHABLE, discover("http://127.0.0.1:" + socket.getLocalPort()));
        }
    }

    @Test
    void discover_neverAnswers_isUnreachableWithinFiveSeconds() throws Exception {
        server.silent();

        Discovery nothing =
                discoverer.discover(server.url()).toCompletableFuture().get(5, TimeUnit.SECONDS);

        assertProblem(Problem.SERVER_UNREACHABLE, nothing);
        assertTrue(
                nothing.evidence().get(0).endsWith("no answer within 3500 ms"),
                nothing.evidence().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "camera", "rtsp://camera", "http://", "http:///x", "ftp://x", "http://a b", "http://x:99999"
            })
    void discover_noAddress_isInvalid(String url) throws Exception {
        assertProblem(Problem.INVALID_URL, discover(url));
    }

    @Test
    void discover_brokenProbes_harmNoOther() throws Exception {
        server.with("/streams", 200, JSON, LIST);
        probe(() -> {
            throw new NoClassDefFoundError("on purpose");
        });
        probe(() -> CompletableFuture.failedFuture(new IllegalStateException("on purpose")));
        probe(() -> CompletableFuture.completedFuture(null));

        assertType(ServerType.RTSP_TO_WEB, discover(server.url()));
    }

    @Test
    void discover_betterRankedProbe_winsAmongMatches() throws Exception {
        server.with("/streams", 200, JSON, LIST);
        probe(() -> CompletableFuture.completedFuture(new ProbeResult(Verdict.MATCH, List.of("so it says"))));

        assertType(ServerType.WHEP, discover(server.url()));
    }

    @Test
    void discover_manyAtOnce_isBounded() throws Exception {
        server.silent();
        for (int i = 0; i < 16; i++) {
            discoverer.discover(server.url());
        }

        Discovery refused =
                discoverer.discover(server.url()).toCompletableFuture().getNow(null);

        assertProblem(Problem.SERVER_FAILURE, refused);
    }

    @Test
    void stop_whileAsking_completesAtOnce() throws Exception {
        server.silent();
        CompletableFuture<Discovery> open = discoverer.discover(server.url()).toCompletableFuture();

        web.stop();

        assertProblem(Problem.SERVER_UNREACHABLE, open.getNow(null));
        assertProblem(Problem.SERVER_UNREACHABLE, discover(server.url()));
    }

    private void probe(Supplier<CompletionStage<ProbeResult>> answer) {
        discoverer.bindProbe(
                new ServerProbe() {
                    @Override
                    public ServerType type() {
                        return ServerType.WHEP;
                    }

                    @Override
                    public CompletionStage<ProbeResult> probe(URI address) {
                        return answer.get();
                    }
                },
                Map.of("service.ranking", 10));
    }

    private Discovery discover(String url) throws Exception {
        return discoverer.discover(url).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static void assertType(ServerType type, Discovery found) {
        assertTrue(found instanceof Found, found.toString());
        assertEquals(type, ((Found) found).type());
    }

    private static void assertProblem(Problem problem, Discovery found) {
        assertTrue(found instanceof NotFound, String.valueOf(found));
        assertEquals(problem, ((NotFound) found).problem(), found.toString());
    }
}
