package dev.oriel.signaling.dialect;

import static dev.oriel.signaling.Calls.body;
import static dev.oriel.signaling.Calls.form;
import static dev.oriel.signaling.Calls.get;
import static dev.oriel.signaling.Calls.header;
import static dev.oriel.signaling.Calls.now;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.camera.CameraSource;
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
import dev.oriel.signaling.source.AddedCameras;
import dev.oriel.signaling.source.CameraStates;
import dev.oriel.signaling.source.SourceGate;
import dev.oriel.signaling.wire.Base64Text;
import dev.oriel.signaling.wire.Cors;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RtspToWebDialectTest {

    private static final String WEBRTC = "/stream/front/channel/0/webrtc";

    private final FakeRelay relay = new FakeRelay();
    private final AddedCameras added = AddedCameras.by(this::register);
    private final RtspToWebDialect dialect = new RtspToWebDialect(
            Cors.OPEN,
            new SourceGate(
                    new SignalingSettings("/", List.of("192.0.2.0/24"), false, List.of("*")).policy(),
                    new FakeBackground(),
                    name -> List.of()),
            new CameraStates(new FakeHub()),
            added);
    private int registrations;

    private Runnable register(CameraSource camera) {
        registrations++;
        relay.known.put(camera.name(), camera);
        return () -> relay.known.remove(camera.name());
    }

    @Test
    void webrtc_formOfOpenhab_isAnsweredWithBareBase64() {
        relay.with("front", "rtsp://192.0.2.20/h264");

        HttpReply reply = answer(
                Calls.call("POST", WEBRTC, Map.of("Content-Type", Calls.FORM + ";charset=UTF-8"), "data=dj0wDQo%3D"));

        assertEquals(200, reply.status());
        assertEquals("text/plain; charset=utf-8", header(reply, "Content-Type"));
        assertEquals(Base64Text.encode(FakeSession.ANSWER), body(reply));
        assertEquals("*", header(reply, "Access-Control-Allow-Origin"));
        assertEquals("v=0\r\n", relay.offers.get(0).sdp());
    }

    @ParameterizedTest
    @CsvSource({"front,0,front", "front,1,front~1", "camera.garden,sub,camera.garden~sub", "Y7L7=%=,0,Y7L7=%="})
    void webrtc_streamAndChannel_nameOneCamera(String stream, String channel, String camera) {
        relay.with(camera, "rtsp://192.0.2.20/h264");

        answer(form("/stream/" + stream + "/channel/" + channel + "/webrtc", "data=dj0wDQo"));

        assertEquals(camera, relay.asked.get(0).name().value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/stream/nope/channel/0/webrtc", "/stream/front/channel/7/webrtc", "/stream/a b/channel/0/webrtc"
            })
    void webrtc_unknownStream_is500WithTheWordsOfTheOriginal(String path) {
        relay.with("front", "rtsp://192.0.2.20/h264");

        HttpReply reply = answer(form(path, "data=dj0wDQo%3D"));

        assertEquals(500, reply.status());
        assertEquals("application/json; charset=utf-8", header(reply, "Content-Type"));
        assertEquals("{\n    \"status\": 0,\n    \"payload\": \"stream not found\"\n}", body(reply));
    }

    @ParameterizedTest
    @CsvSource({
        "data=dj0!,illegal base64 data at input byte 3",
        "data=,the field data is missing",
        "other=1,the field data is missing",
    })
    void webrtc_unusableForm_is400InTheEnvelope(String body, String payload) {
        relay.with("front", "rtsp://192.0.2.20/h264");

        HttpReply reply = answer(form(WEBRTC, body));

        assertEquals(400, reply.status());
        assertEquals("{\n    \"status\": 0,\n    \"payload\": \"" + payload + "\"\n}", body(reply));
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(Failures.UNREACHABLE, 500),
                Arguments.of(Failures.REFUSED, 500),
                Arguments.of(Failures.UNSUPPORTED, 500),
                Arguments.of(Failures.NO_CODEC, 400),
                Arguments.of(Failures.REJECTED, 400),
                Arguments.of(Failures.NO_ENGINE, 503),
                Arguments.of(Failures.NOT_ALLOWED, 403));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void webrtc_failureOfTheRelay_isItsSentenceInTheEnvelope(RelayException failure, int status) {
        relay.with("front", "rtsp://192.0.2.20/h264").failing(failure);

        HttpReply reply = answer(form(WEBRTC, "data=dj0wDQo%3D"));

        assertEquals(status, reply.status());
        assertEquals(status == 503 ? "5" : "-", header(reply, "Retry-After"));
        assertEquals(
                "{\n    \"status\": 0,\n    \"payload\": \""
                        + failure.sentence()
                                .replace("<", "\\u003c")
                                .replace(">", "\\u003e")
                                .replace("&", "\\u0026")
                        + "\"\n}",
                body(reply));
    }

    @Test
    void streams_none_isAnEmptyObjectAndNotNull() {
        HttpReply reply = answer(get("/streams"));

        assertEquals(200, reply.status());
        assertEquals("application/json; charset=utf-8", header(reply, "Content-Type"));
        assertEquals("{\n    \"status\": 1,\n    \"payload\": {}\n}", body(reply));
    }

    @Test
    void streams_someWithChannels_areListedWithoutCredentials() {
        relay.with("front", "rtsp://u:p@192.0.2.20/h264?a=1&b=2")
                .with("front~1", "rtsp://192.0.2.20/sub")
                .with("back", "rtsp://192.0.2.21/");

        assertEquals("""
                {
                    "status": 1,
                    "payload": {
                        "back": {
                            "channels": {
                                "0": {
                                    "audio": true,
                                    "name": "back",
                                    "on_demand": true,
                                    "url": "rtsp://192.0.2.21/"
                                }
                            },
                            "name": "back"
                        },
                        "front": {
                            "channels": {
                                "0": {
                                    "audio": true,
                                    "name": "front",
                                    "on_demand": true,
                                    "status": 1,
                                    "url": "rtsp://192.0.2.20/h264?a=1\\u0026b=2"
                                },
                                "1": {
                                    "audio": true,
                                    "name": "front~1",
                                    "on_demand": true,
                                    "url": "rtsp://192.0.2.20/sub"
                                }
                            },
                            "name": "front"
                        }
                    }
                }""", body(answer(get("/streams"))));
    }

    @Test
    void info_knownStream_isInTheOrderOfTheOriginal() {
        relay.with("back", "rtsp://192.0.2.21/");

        String info = body(answer(get("/stream/back/info")));

        assertTrue(info.startsWith("{\n    \"status\": 1,\n    \"payload\": {\n        \"name\": \"back\",\n"), info);
        assertTrue(body(answer(get("/stream/back/channel/0/info"))).contains("\"url\": \"rtsp://192.0.2.21/\""));
        assertEquals(500, answer(get("/stream/back/channel/1/info")).status());
        assertEquals(500, answer(get("/stream/nope/info")).status());
    }

    @Test
    void codec_knownAndUnknown_isAnArrayOrNotFound() {
        String codecs = body(answer(get("/stream/front/channel/0/codec")));

        assertTrue(codecs.contains("\"payload\": [\n"), codecs);
        assertTrue(codecs.contains("\"Codec\": \"H264\"") && codecs.contains("\"Codec\": \"PCMA\""), codecs);
        assertEquals(500, answer(get("/stream/nope/channel/0/codec")).status());
    }

    /** What the client library of Home Assistant does before each view. */
    @Test
    void add_cameraOfHomeAssistant_isWatchedAndListedByItsName() {
        HttpReply reply = add("camera.garden", "rtsp://u:p@192.0.2.20/h264");

        assertEquals(200, reply.status());
        assertEquals("{\n    \"status\": 1,\n    \"payload\": \"success\"\n}", body(reply));
        assertTrue(body(answer(get("/streams"))).contains("\"url\": \"rtsp://192.0.2.20/h264\""));
        assertEquals(
                200,
                answer(form("/stream/camera.garden/channel/0/webrtc", "data=dj0wDQo%3D"))
                        .status());
        assertEquals(
                new Credentials.UserPassword("u", "p"),
                relay.asked.get(0).location().credentials());
    }

    @Test
    void edit_sameData_doesNotDisturbTheCamera() {
        add("camera.garden", "rtsp://u:p@192.0.2.20/h264");

        assertEquals(200, edit("camera.garden", "rtsp://u:p@192.0.2.20/h264").status());
        assertEquals(200, add("camera.garden", "rtsp://u:p@192.0.2.20/h264").status());

        assertEquals(1, registrations);
    }

    @Test
    void edit_otherUrl_takesItsPlace() {
        add("camera.garden", "rtsp://192.0.2.20/h264");

        assertEquals(200, edit("camera.garden", "rtsp://192.0.2.21/h264").status());

        assertEquals("rtsp://192.0.2.21/h264", relay.cameras().get(0).location().url());
        assertEquals(500, edit("nope", "rtsp://192.0.2.21/h264").status());
    }

    @Test
    void change_ofAConfiguredCamera_isRefusedUnlessItChangesNothing() {
        relay.with("front", "rtsp://u:p@127.0.0.1/h264");

        assertEquals(200, add("front", "rtsp://u:p@127.0.0.1/h264").status());
        assertEquals(500, edit("front", "rtsp://192.0.2.20/h264").status());
        assertEquals(500, answer(get("/stream/front/delete")).status());
        assertEquals(200, answer(get("/stream/front/reload")).status());
        assertEquals("rtsp://127.0.0.1/h264", relay.cameras().get(0).location().url());
    }

    @Test
    void delete_whatWasAdded_takesAllItsChannels() {
        add("camera.garden", "rtsp://192.0.2.20/h264");
        answer(Calls.call(
                "POST", "/stream/camera.garden/channel/1/add", Map.of(), "{\"url\": \"rtsp://192.0.2.20/sub\"}"));
        assertEquals(2, relay.known.size());

        assertEquals(200, answer(get("/stream/camera.garden/delete")).status());

        assertEquals(Map.of(), relay.known);
        assertEquals(500, answer(get("/stream/camera.garden/delete")).status());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bad|400|the body is not valid JSON",
                "[]|400|a JSON object is expected",
                "{}|400|a stream has 1 to 16 channels",
                "{\"channels\": 7}|400|a stream has 1 to 16 channels",
                "{\"channels\": {\"0\": {}}}|400|A camera's URL begins with a scheme such as rtsp://",
                "{\"channels\": {\"a b\": {\"url\": \"rtsp://192.0.2.1\"}}}|400|the name of the stream holds a character it must not",
                "{\"channels\": {\"0\": {\"url\": \"rtsp://127.0.0.1\"}}}|403|This server does not open cameras at that host; the setting allowedSources names those it does.",
            })
    void add_whatCannotBe_isRefusedInTheEnvelope(String json, int status, String payload) {
        HttpReply reply = answer(Calls.call("POST", "/stream/x/add", Map.of(), json));

        assertEquals(status, reply.status());
        assertEquals("{\n    \"status\": 0,\n    \"payload\": \"" + payload + "\"\n}", body(reply));
        assertEquals(Map.of(), relay.known);
    }

    @Test
    void add_withoutEnd_stops() {
        int taken = 0;
        while (taken < 1000 && add("x" + taken, "rtsp://192.0.2.20/").status() == 200) {
            taken++;
        }

        assertEquals(256, taken);
        added.stop();
        assertEquals(Map.of(), relay.known);
    }

    @Test
    void change_ofSeveralAtOnce_saysClearlyThatItIsNotThere() {
        assertEquals(
                501,
                answer(Calls.call("POST", "/streams/multi/control/add", Map.of(), "{}"))
                        .status());
    }

    private HttpReply add(String stream, String url) {
        return answer(Calls.call("POST", "/stream/" + stream + "/add", Map.of(), description(stream, url)));
    }

    private HttpReply edit(String stream, String url) {
        return answer(Calls.call("POST", "/stream/" + stream + "/edit", Map.of(), description(stream, url)));
    }

    private static String description(String stream, String url) {
        return "{\"name\": \"" + stream + "\", \"channels\": {\"0\": {\"name\": \"ch1\", \"url\": \"" + url + "\"}}}";
    }

    @Test
    void options_anyRoute_is204WithTheHeadersOfTheOriginal() {
        HttpReply reply = answer(Calls.call("OPTIONS", WEBRTC, Map.of(), ""));

        assertEquals(204, reply.status());
        assertEquals("POST, OPTIONS, GET, PUT, DELETE", header(reply, "Access-Control-Allow-Methods"));
        assertEquals(
                "Content-Type, Content-Length, Accept-Encoding, X-CSRF-Token, Authorization, accept, origin, "
                        + "Cache-Control, X-Requested-With",
                header(reply, "Access-Control-Allow-Headers"));
    }

    @Test
    void refusal_fromOutside_isAnEnvelope() {
        HttpReply reply = dialect.refusal(form(WEBRTC, ""), 413, "Too long.");

        assertEquals(413, reply.status());
        assertEquals("{\n    \"status\": 0,\n    \"payload\": \"Too long.\"\n}", body(reply));
    }

    private HttpReply answer(HttpCall call) {
        assertTrue(dialect.accepts(call), "not accepted");
        return now(dialect.answer(call, relay));
    }
}
