package dev.oriel.signaling.dialect;

import static dev.oriel.signaling.Calls.body;
import static dev.oriel.signaling.Calls.header;
import static dev.oriel.signaling.Calls.now;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.failure.OfferRejected;
import dev.oriel.api.failure.RelayException;
import dev.oriel.api.signaling.HttpCall;
import dev.oriel.api.signaling.HttpReply;
import dev.oriel.signaling.Calls;
import dev.oriel.signaling.FakeRelay;
import dev.oriel.signaling.FakeSession;
import dev.oriel.signaling.wire.Cors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhepDialectTest {

    private static final String SDP = "application/sdp";
    private static final String FRAGMENT = "application/trickle-ice-sdpfrag";

    private final FakeRelay relay = new FakeRelay().with("front", "rtsp://192.0.2.20/h264");
    private final FakeSession session = new FakeSession("7d1cbf8e");
    private final WhepDialect dialect = new WhepDialect(Cors.OPEN);

    @BeforeEach
    void haveASession() {
        relay.next = CompletableFuture.completedFuture(session);
        relay.sessions.put(session.id(), session);
    }

    @Test
    void post_offer_is201WithEverythingAPlayerReads() {
        HttpReply reply = post("/front/whep", SDP, "v=0\r\n");

        assertEquals(201, reply.status());
        assertEquals(SDP, header(reply, "Content-Type"));
        assertEquals(FakeSession.ANSWER, body(reply));
        assertEquals("/front/whep/7d1cbf8e", header(reply, "Location"));
        assertEquals("\"Ab%2B9\"", header(reply, "ETag"));
        assertEquals(FRAGMENT, header(reply, "Accept-Patch"));
        assertEquals("*", header(reply, "Access-Control-Allow-Origin"));
        List.of("ETag", "Accept-Patch", "Link", "Location")
                .forEach(name -> assertTrue(
                        header(reply, "Access-Control-Expose-Headers").contains(name), name));
        assertEquals("-", header(reply, "Link"));
        assertEquals("v=0\r\n", relay.offers.get(0).sdp());
    }

    @Test
    void post_nameThatNeedsIt_isEncodedInTheLocation() {
        relay.with("50%~a=", "rtsp://192.0.2.20/h264");

        assertEquals("/50%25~a=/whep/7d1cbf8e", header(post("/50%~a=/whep", SDP, "v=0\r\n"), "Location"));
    }

    @ParameterizedTest
    @CsvSource({
        "/front/whep,application/json,{},415",
        "/front/whep,'',v=0,415",
        "/front/whep,application/sdp,' ',400",
        "/front/whep,application/sdp; charset=utf-8,v=0,201",
        "/nope/whep,application/sdp,v=0,404",
        "/a b/whep,application/sdp,v=0,404",
    })
    void post_typeBodyAndName_decideTheStatus(String path, String type, String body, int status) {
        HttpReply reply = post(path, type, body);

        assertEquals(status, reply.status());
        if (status != 201) {
            assertProblem(reply);
        }
    }

    @Test
    void post_unknownStream_isAProblemThatPlayersOfMediaMtxReadToo() {
        HttpReply reply = post("/nope/whep", SDP, "v=0\r\n");

        assertEquals(
                "{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,"
                        + "\"detail\":\"There is no stream named nope.\",\"error\":\"There is no stream named nope.\"}",
                body(reply));
        assertEquals("application/problem+json", header(reply, "Content-Type"));
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(Failures.UNREACHABLE, 409, "5"),
                Arguments.of(Failures.REFUSED, 502, "-"),
                Arguments.of(Failures.UNSUPPORTED, 502, "-"),
                Arguments.of(Failures.NO_CODEC, 422, "-"),
                Arguments.of(Failures.REJECTED, 400, "-"),
                Arguments.of(Failures.NO_ENGINE, 503, "5"),
                Arguments.of(Failures.NOT_ALLOWED, 403, "-"),
                Arguments.of(Failures.NOT_FOUND, 404, "-"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void post_failureOfTheRelay_hasAStatusOfItsOwn(RelayException failure, int status, String retryAfter) {
        relay.failing(failure);

        HttpReply reply = post("/front/whep", SDP, "v=0\r\n");

        assertEquals(status, reply.status());
        assertEquals(retryAfter, header(reply, "Retry-After"));
        assertProblem(reply);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "*", "\"*\"", "\"Ab%2B9\"", "\"old\", \"Ab%2B9\""})
    void patch_tagThatIsRightOrSaysNothing_takesCandidates(String ifMatch) {
        HttpReply reply = patch(ifMatch, FRAGMENT, "a=ice-ufrag:x\r\na=candidate:1\r\n");

        assertEquals(204, reply.status());
        assertEquals("", body(reply));
        assertEquals("-", header(reply, "ETag"));
        assertEquals(List.of("a=ice-ufrag:x\r\na=candidate:1\r\n"), session.changes);
    }

    @Test
    void patch_tagThatIsOutOfDate_is412AndChangesNothing() {
        HttpReply reply = patch("\"xyzzy\"", FRAGMENT, "a=candidate:1\r\n");

        assertEquals(412, reply.status());
        assertEquals(List.of(), session.changes);
        assertProblem(reply);
    }

    @Test
    void patch_restart_is200WithFragmentAndANewTagThatCountsFromThen() {
        session.change = CompletableFuture.completedFuture("a=ice-ufrag:new1\r\na=ice-pwd:p\r\n");

        HttpReply reply = patch("*", FRAGMENT, "a=ice-ufrag:other\r\n");

        assertEquals(200, reply.status());
        assertEquals(FRAGMENT, header(reply, "Content-Type"));
        assertEquals("a=ice-ufrag:new1\r\na=ice-pwd:p\r\n", body(reply));
        assertEquals("\"new1\"", header(reply, "ETag"));
        session.change = CompletableFuture.completedFuture("");
        assertEquals(412, patch("\"Ab%2B9\"", FRAGMENT, "").status());
        assertEquals(204, patch("\"new1\"", FRAGMENT, "").status());
    }

    @Test
    void patch_otherTypeOrUnusable_isTheClientsFault() {
        assertEquals(415, patch("*", SDP, "v=0").status());
        session.change = CompletableFuture.failedFuture(new OfferRejected("No such section."));

        HttpReply reply = patch("*", FRAGMENT, "a=mid:9\r\n");

        assertEquals(400, reply.status());
        assertTrue(body(reply).contains("\"error\":\"No such section.\""), body(reply));
    }

    @Test
    void delete_session_endsItAndAnswers200() {
        HttpReply reply = answer(Calls.call("DELETE", "/front/whep/7d1cbf8e", Map.of("If-Match", "\"old\""), ""));

        assertEquals(200, reply.status());
        assertTrue(session.end.isDone());
        relay.sessions.clear();
        assertEquals(
                404,
                answer(Calls.call("DELETE", "/front/whep/7d1cbf8e", Map.of(), ""))
                        .status());
    }

    @Test
    void options_endpointAndSession_tellWhatTheyTake() {
        HttpReply endpoint = answer(Calls.call("OPTIONS", "/front/whep", Map.of(), ""));
        HttpReply session = answer(Calls.call("OPTIONS", "/front/whep/x", Map.of(), ""));

        assertEquals(204, endpoint.status());
        assertEquals(SDP, header(endpoint, "Accept-Post"));
        assertEquals("OPTIONS, GET, HEAD, POST, PATCH, DELETE", header(endpoint, "Access-Control-Allow-Methods"));
        assertEquals("Authorization, Content-Type, If-Match", header(endpoint, "Access-Control-Allow-Headers"));
        assertEquals(204, session.status());
        assertEquals(FRAGMENT, header(session, "Accept-Patch"));
    }

    @ParameterizedTest
    @CsvSource({
        "HEAD,/front/whep,200",
        "GET,/front/whep,204",
        "GET,/nope/whep,404",
        "PUT,/front/whep,405",
        "DELETE,/front/whep,405",
        "GET,/front/whep/7d1cbf8e,204",
        "GET,/front/whep/nope,404",
        "POST,/front/whep/7d1cbf8e,405",
        "PATCH,/front/whep/nope,404",
    })
    void otherMethods_onEndpointAndSession_answerAsTheDraftWants(String method, String path, int status) {
        HttpReply reply = answer(Calls.call(method, path, Map.of(), ""));

        assertEquals(status, reply.status());
        assertEquals(status == 405, !header(reply, "Allow").equals("-"));
        if (method.equals("HEAD")) {
            assertEquals(SDP, header(reply, "Content-Type"));
        }
    }

    @Test
    void accepts_otherPaths_areNotItsOwn() {
        List.of("/whep", "/a/b/whep", "/front/whip", "/front/whep/x/y", "//whep", "/")
                .forEach(path -> assertFalse(dialect.accepts(Calls.get(path)), path));
    }

    private HttpReply post(String path, String type, String body) {
        return answer(Calls.call("POST", path, type.isEmpty() ? Map.of() : Map.of("Content-Type", type), body));
    }

    private HttpReply patch(String ifMatch, String type, String body) {
        Map<String, String> headers = new HashMap<>(Map.of("Content-Type", type));
        if (!ifMatch.equals("-")) {
            headers.put("If-Match", ifMatch);
        }
        return answer(Calls.call("PATCH", "/front/whep/7d1cbf8e", headers, body));
    }

    private HttpReply answer(HttpCall call) {
        assertTrue(dialect.accepts(call), "not accepted");
        return now(dialect.answer(call, relay));
    }

    private static void assertProblem(HttpReply reply) {
        assertEquals("application/problem+json", header(reply, "Content-Type"));
        assertEquals("*", header(reply, "Access-Control-Allow-Origin"));
        assertTrue(body(reply).contains("\"status\":" + reply.status() + ","), body(reply));
        assertTrue(body(reply).contains("\"error\":\""), body(reply));
        assertFalse(body(reply).contains("\"title\":\"Internal"), body(reply));
    }
}
