package dev.oriel.ingest.rtsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.camera.CameraOptions;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.media.IngestEngine;
import dev.oriel.api.media.IngestSession;
import dev.oriel.protocol.rtsp.RtspScheme;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RTSP in HTTP and in WebSockets, over real sockets. */
@Timeout(60)
class TunnelledCameraTest {

    private static final byte[] IDR = HexFormat.of().parseHex("65888404");

    private final RtspIngestEngine engine = new RtspIngestEngine();
    private final SinkLog sink = new SinkLog();

    @AfterEach
    void stopEngine() {
        engine.stop();
    }

    @ParameterizedTest
    @CsvSource({
        "rtsp+http, WILLING",
        "rtsph, GUARDED",
        "rtsp+http, LATE",
        "rtsp+http, CONFIRMING",
        "rtsp+ws, WILLING",
        "rtsp+ws, GUARDED"
    })
    void open_throughTheDoor_bringsThePictureAndSaysGoodbye(String scheme, TunnelDoor.Mood mood) throws Exception {
        try (ScriptedCamera camera = new ScriptedCamera(ScriptedCamera.Mood.WILLING);
                TunnelDoor door = new TunnelDoor(mood, camera)) {
            IngestSession session = engine.open(
                    SourceLocation.parse(scheme + "://user:secret@" + door.name() + "/1?a=b"),
                    CameraOptions.DEFAULT,
                    sink);

            assertEquals(2, sink.tracks().size());
            camera.send(0, 1, 3000, IDR);
            assertTrue(sink.packet().startsKeyframe());
            assertTrue(door.asked.peek().startsWith("GET /1?a=b HTTP/1."), door.asked::toString);
            session.close();

            assertEquals("closed", sink.ending());
            String method = "";
            while (!method.equals("TEARDOWN")) {
                method = camera.asked.poll(10, TimeUnit.SECONDS);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"rtsp+http, RTSP in HTTP", "rtsp+ws, RTSP in a WebSocket"})
    void open_nothingThere_isSaid(String scheme, String kind) throws Exception {
        try (ScriptedCamera camera = new ScriptedCamera(ScriptedCamera.Mood.WILLING);
                TunnelDoor door = new TunnelDoor(TunnelDoor.Mood.EMPTY, camera)) {
            engine.open(SourceLocation.parse(scheme + "://" + door.name() + "/1"), CameraOptions.DEFAULT, sink);

            assertEquals(
                    "CameraRefused: The camera at " + door.name() + " has no such place for " + kind + " (404).",
                    sink.ending());
        }
    }

    @Test
    void schemes_ofTheEngine_areAllThatAreKnown() throws Exception {
        Set<String> registered = new TreeSet<>();
        try (var in =
                RtspIngestEngine.class.getResourceAsStream("/OSGI-INF/dev.oriel.ingest.rtsp.RtspIngestEngine.xml")) {
            String xml = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            String values = xml.replaceAll("(?s).*" + IngestEngine.SCHEMES + "\"[^>]*>(.*?)</property>.*", "$1");
            registered.addAll(Arrays.asList(values.strip().split("\\s+")));
        }

        assertEquals(new TreeSet<>(RtspScheme.names()), registered);
    }
}
