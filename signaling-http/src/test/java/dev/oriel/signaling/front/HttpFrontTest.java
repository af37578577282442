package dev.oriel.signaling.front;

import static dev.oriel.signaling.Calls.body;
import static dev.oriel.signaling.Calls.header;
import static dev.oriel.signaling.Calls.now;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.oriel.api.signaling.HttpCall;
import dev.oriel.api.signaling.HttpReply;
import dev.oriel.api.signaling.SignalingDialect;
import dev.oriel.api.viewer.StreamRelay;
import dev.oriel.signaling.FakeBackground;
import dev.oriel.signaling.FakeRelay;
import dev.oriel.signaling.dialect.WhepDialect;
import dev.oriel.signaling.settings.SignalingSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpFrontTest {

    private final FakeBackground background = new FakeBackground();
    private final HttpFront front = new HttpFront(background, new FakeRelay());

    /** A dialect that accepts every call and answers as it is told. */
    private record Told(String name, Function<HttpCall, CompletionStage<HttpReply>> answer)
            implements SignalingDialect {

        static Told says(String name) {
            return new Told(name, call -> CompletableFuture.completedFuture(HttpReply.text(200, "text/plain", name)));
        }

        @Override
        public boolean accepts(HttpCall call) {
            return true;
        }

        @Override
        public CompletionStage<HttpReply> answer(HttpCall call, StreamRelay relay) {
            return answer.apply(call);
        }

        @Override
        public HttpReply refusal(HttpCall call, int status, String sentence) {
            return HttpReply.text(status, "text/plain", name + " refuses: " + sentence);
        }
    }

    @Test
    void answer_severalDialects_isTheOneOfTheHighestRankingWhateverCameFirst() {
        front.bindDialect(Told.says("low"), Map.of("service.ranking", -5, "service.id", 1L));
        front.bindDialect(Told.says("high"), Map.of("service.ranking", 10, "service.id", 2L));
        front.bindDialect(Told.says("younger"), Map.of("service.ranking", 10, "service.id", 3L));
        front.bindDialect(Told.says("unranked"), Map.of("service.id", 4L));

        assertEquals("high", body(get("/")));
    }

    @Test
    void answer_dialectThatGoes_isTheNextOne() {
        SignalingDialect high = Told.says("high");
        front.bindDialect(high, Map.of("service.ranking", 10));
        front.bindDialect(Told.says("low"), Map.of());

        front.unbindDialect(high);

        assertEquals("low", body(get("/")));
    }

    @Test
    void answer_dialectWhoseRankingChanges_changesPlaces() {
        SignalingDialect first = Told.says("first");
        front.bindDialect(first, Map.of("service.ranking", 10));
        front.bindDialect(Told.says("second"), Map.of("service.ranking", 5));

        front.updatedDialect(first, Map.of("service.ranking", 1));

        assertEquals("second", body(get("/")));
    }

    @Test
    void answer_dialectThatFailsToJudge_isPassedOver() {
        front.bindDialect(
                new SignalingDialect() {
                    @Override
                    public boolean accepts(HttpCall call) {
                        throw new NoClassDefFoundError("gone");
                    }

                    @Override
                    public CompletionStage<HttpReply> answer(HttpCall call, StreamRelay relay) {
                        throw new AssertionError("not its own");
                    }
                },
                Map.of("service.ranking", 10));
        front.bindDialect(Told.says("next"), Map.of());

        assertEquals("next", body(get("/")));
    }

    @Test
    void answer_dialectThatFails_is500InItsFormWithoutWhatFailed() {
        RuntimeException secret = new IllegalStateException("rtsp://u:secret@192.0.2.20");
        List<Function<HttpCall, CompletionStage<HttpReply>>> failures = List.of(
                call -> CompletableFuture.failedFuture(secret),
                call -> {
                    throw secret;
                },
                call -> CompletableFuture.completedFuture(null));
        for (Function<HttpCall, CompletionStage<HttpReply>> failure : failures) {
            HttpFront fresh = new HttpFront(background, new FakeRelay());
            fresh.bindDialect(new Told("it", failure), Map.of());

            HttpReply reply = now(fresh.answer(request("GET", "", "/", new byte[0])));

            assertEquals(500, reply.status());
            assertEquals("it refuses: The server failed to answer; its log says why.", body(reply));
        }
    }

    @Test
    void answer_bodyTooLong_is413InTheFormOfTheDialectThatNeverSeesIt() {
        front.bindDialect(
                new Told("it", call -> {
                    throw new AssertionError("too long");
                }),
                Map.of());

        HttpReply reply = now(front.answer(new Incoming("POST", "", "/x", "", Map.of(), new Incoming.Body.TooLong())));

        assertEquals(413, reply.status());
        assertEquals("it refuses: The body of a request has at most 65536 bytes.", body(reply));
    }

    @Test
    void answer_dialectThatNeverAnswers_is504InItsFormInTime() {
        front.bindDialect(new Told("it", call -> new CompletableFuture<>()), Map.of());
        CompletableFuture<HttpReply> reply =
                front.answer(request("GET", "", "/", new byte[0])).toCompletableFuture();
        assertFalse(reply.isDone());

        background.ring();

        assertEquals(504, reply.join().status());
        assertEquals("it refuses: The camera was not ready in time.", body(reply.join()));
    }

    @Test
    void answer_inTime_leavesNoAlarmBehind() {
        CompletableFuture<HttpReply> later = new CompletableFuture<>();
        front.bindDialect(new Told("it", call -> later), Map.of());
        CompletionStage<HttpReply> reply = front.answer(request("GET", "", "/", new byte[0]));
        assertEquals(1, background.alarms.size());

        later.complete(HttpReply.empty(204));

        assertEquals(204, now(reply).status());
        assertEquals(List.of(), background.alarms);
    }

    @Test
    void answer_withoutRelay_isWordedByTheDialect() {
        HttpFront alone = new HttpFront(background);
        alone.bindDialect(new WhepDialect(new SignalingSettings("/", List.of(), false, List.of("*"))), Map.of());

        HttpReply reply = now(alone.answer(new Incoming(
                "POST",
                "",
                "/front/whep",
                "",
                Map.of("content-type", List.of("application/sdp")),
                new Incoming.Body.Whole("v=0\r\n".getBytes(StandardCharsets.UTF_8)))));

        assertEquals(503, reply.status());
        assertEquals("application/problem+json", header(reply, "Content-Type"));
    }

    @ParameterizedTest
    @CsvSource({
        "/oriel,/front/whep/1,/oriel/front/whep/1",
        "'',/front/whep/1,/front/whep/1",
        "/oriel,http://elsewhere/,http://elsewhere/",
    })
    void answer_locationOfItsOwn_isTakenUnderTheMount(String mount, String location, String sent) {
        front.bindDialect(
                new Told(
                        "it",
                        call -> CompletableFuture.completedFuture(
                                HttpReply.empty(201).with("ETag", "\"1\"").with("Location", location))),
                Map.of());

        HttpReply reply = now(front.answer(request("POST", mount, "/front/whep", new byte[0])));

        assertEquals(sent, header(reply, "Location"));
        assertEquals("\"1\"", header(reply, "ETag"));
    }

    @Test
    void answer_mountWithoutSlash_leadsToTheSlash() {
        HttpReply reply = now(front.answer(request("GET", "/oriel", "", new byte[0])));

        assertEquals(308, reply.status());
        assertEquals("/oriel/", header(reply, "Location"));
    }

    @Test
    void answer_nobodysPath_is404AndItsOptions204() {
        assertEquals(404, get("/nowhere").status());
        assertEquals("404 page not found", body(get("/nowhere")));
        HttpReply options = now(front.answer(request("OPTIONS", "", "/nowhere", new byte[0])));
        assertEquals(204, options.status());
        assertEquals("*", header(options, "Access-Control-Allow-Origin"));
    }

    @ParameterizedTest
    @CsvSource({
        "'',/a%2Fb,/a/b,/a/b",
        "/oriel,/oriel/front/whep,/front/whep,/front/whep",
        "/oriel,/oriel/50%25,/50%,/50%",
        "/oriel,//oriel/50%25,/50%,/50%",
        "/oriel,/oriel/a+b=,/a+b=,/a+b=",
    })
    void incoming_uri_isDecodedOnceAndWithoutMount(String mount, String uri, String pathInfo, String path) {
        Incoming request =
                Incoming.of("get", mount, uri, pathInfo, "a=1&b=x%20y", Map.of(), new Incoming.Body.Whole(new byte[0]));

        assertEquals(path, request.call().path());
        assertEquals("GET", request.call().method());
        assertEquals("x y", request.call().parameter("b").orElseThrow());
    }

    private HttpReply get(String path) {
        return now(front.answer(request("GET", "", path, new byte[0])));
    }

    private static Incoming request(String method, String mount, String path, byte[] body) {
        return new Incoming(method, mount, path, "", Map.of(), new Incoming.Body.Whole(body));
    }
}
