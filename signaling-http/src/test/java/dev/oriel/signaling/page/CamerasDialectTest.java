package dev.oriel.signaling.page;

import static dev.oriel.signaling.Calls.body;
import static dev.oriel.signaling.Calls.get;
import static dev.oriel.signaling.Calls.header;
import static dev.oriel.signaling.Calls.now;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.oriel.api.signaling.HttpReply;
import dev.oriel.signaling.FakeHub;
import dev.oriel.signaling.FakeRelay;
import dev.oriel.signaling.FakeSession;
import dev.oriel.signaling.dialect.HealthDialect;
import dev.oriel.signaling.source.AbsentRelay;
import dev.oriel.signaling.source.CameraStates;
import org.junit.jupiter.api.Test;

class CamerasDialectTest {

    private final FakeRelay relay = new FakeRelay();
    private final CamerasDialect dialect = new CamerasDialect(new CameraStates(new FakeHub()));

    @Test
    void cameras_runningIdleAndUnwatchable_areToldWithoutUrls() {
        relay.with("front", "rtsp://u:p@192.0.2.20/h264")
                .with("idle", "rtsp://192.0.2.21/")
                .with("odd", "http://192.0.2.22/");
        relay.sessions.put("s", new FakeSession("s"));

        HttpReply reply = now(dialect.answer(get("/api/oriel/cameras"), relay));

        assertEquals("application/json", header(reply, "Content-Type"));
        assertEquals("no-store", header(reply, "Cache-Control"));
        assertEquals("-", header(reply, "Access-Control-Allow-Origin"));
        assertEquals(
                "{\"ready\":true,\"cameras\":["
                        + "{\"name\":\"front\",\"state\":\"active\",\"watchable\":true,\"whyNoPicture\":\"\",\"whyNoSound\":\"\",\"viewers\":1,"
                        + "\"tracks\":[{\"kind\":\"video\",\"codec\":\"H264\"},{\"kind\":\"audio\",\"codec\":\"PCMA\"}],"
                        + "\"lastFailure\":\"It was away.\",\"report\":{\"transport\":\"UDP\",\"keepalive\":\"OPTIONS\","
                        + "\"packets\":500,\"lost\":3,\"malformed\":2,\"skippedBytes\":1,\"remarks\":[\"Its clock is odd.\"],\"picture\":{\"widthPixels\":1280,"
                        + "\"heightPixels\":720,\"framesPerSecond\":25.0,\"bitsPerSecond\":1000000,\"groupFrames\":50,"
                        + "\"groupMillis\":2000,\"bFrames\":true,\"outOfDecodingOrder\":false}}},"
                        + "{\"name\":\"idle\",\"state\":\"idle\",\"watchable\":true,\"whyNoPicture\":\"\",\"whyNoSound\":\"\",\"viewers\":0,"
                        + "\"tracks\":[]},"
                        + "{\"name\":\"odd\",\"state\":\"idle\",\"watchable\":false,"
                        + "\"whyNoPicture\":\"Nothing is installed that can show this camera.\",\"whyNoSound\":\"\",\"viewers\":0,\"tracks\":[]}"
                        + "]}",
                body(reply));
    }

    @Test
    void cameras_withoutRelay_areNotReady() {
        assertEquals(
                "{\"ready\":false,\"cameras\":[]}",
                body(now(dialect.answer(get("/api/oriel/cameras"), AbsentRelay.INSTANCE))));
    }

    @Test
    void health_withAndWithoutRelay_isOkOrIncomplete() {
        relay.with("front", "rtsp://192.0.2.20/h264");

        HttpReply ok = now(new HealthDialect().answer(get("/health"), relay));
        HttpReply incomplete = now(new HealthDialect().answer(get("/health"), AbsentRelay.INSTANCE));

        assertEquals("{\"status\":\"ok\",\"cameras\":1,\"viewers\":0}", body(ok));
        assertEquals(200, ok.status());
        assertEquals(503, incomplete.status());
    }
}
