package dev.oriel.signaling.dialect;

import static dev.oriel.signaling.Calls.body;
import static dev.oriel.signaling.Calls.form;
import static dev.oriel.signaling.Calls.get;
import static dev.oriel.signaling.Calls.header;
import static dev.oriel.signaling.Calls.now;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.camera.Credentials;
import dev.oriel.api.failure.RelayException;
import dev.oriel.api.signaling.HttpCall;
import dev.oriel.api.signaling.HttpReply;
import dev.oriel.signaling.Calls;
import dev.oriel.signaling.FakeBackground;
import dev.oriel.signaling.FakeHub;
import dev.oriel.signaling.FakeRelay;
import dev.oriel.signaling.FakeSession;
import dev.oriel.signaling.settings.SignalingSettings;
import dev.oriel.signaling.source.CameraStates;
import dev.oriel.signaling.source.SourceGate;
import dev.oriel.signaling.wire.Base64Text;
import dev.oriel.signaling.wire.Cors;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RtspToWebRtcDialectTest {

    private static final String OFFER = "v=0\r\no=- 123 1 IN IP4 0.0.0.0\r\n";
    /** As every known client writes it: percent-encoded. */
    private static final String OFFER64 =
            Base64Text.encode(OFFER).replace("+", "%2B").replace("/", "%2F").replace("=", "%3D");

    private static final String LAN = "url=rtsp%3A%2F%2Fu%3Ap%40192.168.1.20%2Fh264&sdp64=" + OFFER64;

    private final FakeRelay relay = new FakeRelay();
    private final FakeHub hub = new FakeHub();
    private final FakeBackground background = new FakeBackground();
    private final RtspToWebRtcDialect dialect = dialect(Cors.OPEN);

    @Test
    void stream_unknownUrlInTheLan_isOpenedForItsViewer() {
        HttpReply reply = answer(form("/stream", LAN));

        assertEquals(200, reply.status());
        assertEquals("application/json; charset=utf-8", header(reply, "Content-Type"));
        assertEquals(
                "{\"tracks\":[\"video\",\"audio\"],\"sdp64\":\"" + Base64Text.encode(FakeSession.ANSWER) + "\"}",
                body(reply));
        assertEquals(OFFER, relay.offers.get(0).sdp());
        assertEquals("rtsp://192.168.1.20/h264", relay.asked.get(0).location().url());
        assertEquals(
                new Credentials.UserPassword("u", "p"),
                relay.asked.get(0).location().credentials());
        assertFalse(relay.asked.get(0).name().value().contains("192"), "the name tells no address");
    }

    @Test
    void stream_anyAnswer_carriesTheHeadersOfTheOriginal() {
        HttpReply reply = answer(form("/stream", LAN));

        assertEquals("*", header(reply, "Access-Control-Allow-Origin"));
        assertEquals(
                "Origin, X-Requested-With, Content-Type, Accept, Authorization, x-access-token",
                header(reply, "Access-Control-Allow-Headers"));
        assertEquals(
                "Content-Length, Access-Control-Allow-Origin, Access-Control-Allow-Headers, Cache-Control, "
                        + "Content-Language, Content-Type",
                header(reply, "Access-Control-Expose-Headers"));
        assertEquals("POST, OPTIONS, GET, PUT", header(reply, "Access-Control-Allow-Methods"));
    }

    @Test
    void stream_answerWithoutMedia_hasNullAsTracks() {
        relay.next = CompletableFuture.completedFuture(
                new FakeSession("s", "v=0\r\nm=video 0 UDP/TLS/RTP/SAVPF 0\r\nm=audio 9 x 0\r\na=inactive\r\n"));

        assertTrue(body(answer(form("/stream", LAN))).startsWith("{\"tracks\":null,"));
    }

    @Test
    void stream_multipart_isReadLikeAForm() {
        String multipart = "--x y\r\nContent-Disposition: form-data; name=\"url\"\r\n\r\nrtsp://192.168.1.20/h264\r\n"
                + "--x y\r\nContent-Disposition: form-data; name=\"sdp64\"\r\n\r\n" + Base64Text.encode(OFFER)
                + "\r\n--x y--\r\n";

        HttpReply reply = answer(Calls.call(
                "POST", "/stream", Map.of("Content-Type", "multipart/form-data; boundary=\"x y\""), multipart));

        assertEquals(200, reply.status(), () -> body(reply));
        assertEquals(OFFER, relay.offers.get(0).sdp());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rtsp://u:p@127.0.0.1:554/h264",
                "RTSP://u:p@127.0.0.1/h264",
                "rtsp://u:p@127.0.0.1/h264",
            })
    void stream_urlOfAKnownCamera_isThatCameraWhereverItIs(String url) {
        relay.with("front", "rtsp://u:p@127.0.0.1/h264");

        HttpReply reply = answer(form("/stream", "sdp64=" + OFFER64 + "&url=" + url));

        assertEquals(200, reply.status(), () -> body(reply));
        assertEquals("front", relay.asked.get(0).name().value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rtsp://127.0.0.1/h264", "rtsp://u:x@127.0.0.1/h264", "rtsp://u:p@127.0.0.1/other"})
    void stream_urlLikeThatOfAKnownCamera_isAStrangersUrl(String url) {
        relay.with("front", "rtsp://u:p@127.0.0.1/h264");

        assertEquals(
                500, answer(form("/stream", "sdp64=" + OFFER64 + "&url=" + url)).status());
        assertEquals(List.of(), relay.asked);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "url=rtsp://192.168.1.20/1&sdp64=dj0wDQpvP!|illegal base64 data at input byte 9",
                "url=rtsp://192.168.1.20/1|The field sdp64 is missing.",
                "sdp64=dj0wDQo%3D|The field url is missing.",
                "url=192.168.1.20&sdp64=dj0wDQo%3D|A camera's URL begins with a scheme such as rtsp://",
                "url=http://192.168.1.20/&sdp64=dj0wDQo%3D|Only cameras at rtsp:// and rtsps://, or RTSP in HTTP and WebSockets, can be opened.",
            })
    void stream_unusableForm_is500WithAnErrorText(String body, String error) {
        HttpReply reply = answer(form("/stream", body));

        assertEquals(500, reply.status());
        assertEquals("application/json; charset=utf-8", header(reply, "Content-Type"));
        assertEquals("*", header(reply, "Access-Control-Allow-Origin"));
        assertEquals("{\"error\":\"" + error + "\"}", body(reply));
    }

    @Test
    void stream_hostThatIsNotAllowed_isNeverAskedFor() {
        HttpReply reply = answer(form("/stream", "url=rtsp://169.254.169.254/latest&sdp64=" + OFFER64));

        assertEquals(500, reply.status());
        assertTrue(body(reply).startsWith("{\"error\":\"This server does not open cameras at that host;"), body(reply));
        assertEquals(List.of(), relay.asked);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(Failures.UNREACHABLE, 500),
                Arguments.of(Failures.REFUSED, 500),
                Arguments.of(Failures.UNSUPPORTED, 500),
                Arguments.of(Failures.NO_CODEC, 500),
                Arguments.of(Failures.REJECTED, 500),
                Arguments.of(Failures.NO_ENGINE, 503),
                Arguments.of(Failures.NOT_ALLOWED, 500),
                Arguments.of(Failures.NOT_FOUND, 500));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void stream_failureOfTheRelay_isAnErrorWithItsSentence(RelayException failure, int status) {
        relay.failing(failure);

        HttpReply reply = answer(form("/stream", LAN));

        assertEquals(status, reply.status());
        assertEquals(status == 503 ? "5" : "-", header(reply, "Retry-After"));
        assertEquals(
                "{\"error\":\""
                        + failure.sentence()
                                .replace("<", "\\u003c")
                                .replace(">", "\\u003e")
                                .replace("&", "\\u0026")
                        + "\"}",
                body(reply));
    }

    @Test
    void stream_withTrailingSlash_redirectsWithTheMethodKept() {
        HttpReply reply = answer(form("/stream/", LAN));

        assertEquals(307, reply.status());
        assertEquals("/stream", header(reply, "Location"));
        assertEquals("-", header(reply, "Access-Control-Allow-Origin"));
    }

    @Test
    void receiver_knownCamera_answersBareBase64ForTheIdOfTheForm() {
        relay.with("front", "rtsp://192.0.2.20/h264");

        HttpReply reply = answer(form("/stream/receiver/ignored", "suuid=front&data=" + OFFER64));

        assertEquals(200, reply.status());
        assertEquals("text/plain; charset=utf-8", header(reply, "Content-Type"));
        assertEquals(Base64Text.encode(FakeSession.ANSWER), body(reply));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "suuid=nope&data=dj0wDQo%3D", "suuid=front", "suuid=front&data=!", "suuid=a+b&data=dj0w"})
    void receiver_anyFailure_is200WithoutBody(String body) {
        relay.with("front", "rtsp://192.0.2.20/h264");

        HttpReply reply = answer(form("/stream/receiver/front", body));

        assertEquals(200, reply.status());
        assertEquals("", body(reply));
    }

    @Test
    void receiver_failureOfTheRelay_is200WithoutBody() {
        for (RelayException failure : Failures.ALL) {
            relay.with("front", "rtsp://192.0.2.20/h264").failing(failure);

            HttpReply reply = answer(form("/stream/receiver/front", "suuid=front&data=" + OFFER64));

            assertEquals(200, reply.status());
            assertEquals("", body(reply));
        }
    }

    @Test
    void codec_knownCamera_namesItsTracksAndGivesTheCameraBack() {
        HttpReply reply = answer(get("/stream/codec/front"));

        assertEquals(200, reply.status());
        assertEquals("text/plain; charset=utf-8", header(reply, "Content-Type"));
        assertEquals("[{\"Type\":\"video\"},{\"Type\":\"audio\"}]", body(reply));
        assertEquals(35, reply.body().length());
        assertEquals(0, hub.leasesOpen);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/stream/codec/nope", "/stream/codec/a b"})
    void codec_unknownCamera_is200WithoutBody(String path) {
        HttpReply reply = answer(get(path));

        assertEquals(200, reply.status());
        assertEquals("", body(reply));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/static", "/static/"})
    void static_asProbedByOldClients_is200(String path) {
        assertEquals(200, answer(get(path)).status());
        assertEquals(200, answer(Calls.call("HEAD", path, Map.of(), "")).status());
    }

    @Test
    void player_anyId_leadsToThePageOfThatCamera() {
        assertEquals("/watch.html?name=camera.garden", header(answer(get("/stream/player/camera.garden")), "Location"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/stream,false",
        "PUT,/stream,false",
        "POST,/stream/front/channel/0/webrtc,false",
        "GET,/streams,false",
        "GET,/,false",
        "OPTIONS,/stream,true",
        "OPTIONS,/stream/receiver/x,true",
        "OPTIONS,/streams,false",
    })
    void accepts_methodAndPath_areTheOriginals(String method, String path, boolean accepted) {
        assertEquals(accepted, dialect.accepts(Calls.call(method, path, Map.of(), "")));
    }

    @Test
    void options_onAPathOfItsOwn_is204WithoutBody() {
        HttpReply reply = answer(Calls.call("OPTIONS", "/stream", Map.of(), ""));

        assertEquals(204, reply.status());
        assertEquals("POST, OPTIONS, GET, PUT", header(reply, "Access-Control-Allow-Methods"));
        assertEquals("", body(reply));
    }

    @Test
    void refusal_fromOutside_hasTheFormOfItsErrors() {
        HttpReply reply = dialect.refusal(form("/stream", ""), 413, "Too long.");

        assertEquals(413, reply.status());
        assertEquals("{\"error\":\"Too long.\"}", body(reply));
        assertEquals("*", header(reply, "Access-Control-Allow-Origin"));
    }

    @Test
    void cors_limitedToOrigins_tellsOthersNothing() {
        RtspToWebRtcDialect limited = dialect(new Cors(List.of("https://home.example")));
        HttpCall friend = Calls.call("OPTIONS", "/stream", Map.of("Origin", "https://home.example"), "");
        HttpCall stranger = Calls.call("OPTIONS", "/stream", Map.of("Origin", "https://evil.example"), "");

        assertEquals("https://home.example", header(now(limited.answer(friend, relay)), "Access-Control-Allow-Origin"));
        assertEquals("-", header(now(limited.answer(stranger, relay)), "Access-Control-Allow-Origin"));
        assertEquals("Origin", header(now(limited.answer(stranger, relay)), "Vary"));
    }

    private RtspToWebRtcDialect dialect(Cors cors) {
        var policy = new SignalingSettings("/", List.of("192.168.0.0/16"), false, List.of("*")).policy();
        SourceGate.Resolver nobody = name -> List.of(InetAddress.getByAddress(new byte[] {8, 8, 8, 8}));
        return new RtspToWebRtcDialect(cors, new SourceGate(policy, background, nobody), new CameraStates(hub));
    }

    private HttpReply answer(HttpCall call) {
        assertTrue(dialect.accepts(call), "not accepted");
        return now(dialect.answer(call, relay));
    }
}
