package dev.oriel.ingest.rtsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.camera.CameraOptions;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.media.EndReason;
import dev.oriel.api.media.IngestSession;
import dev.oriel.testkit.scripted.Script;
import dev.oriel.testkit.scripted.ScriptedCamera;
import dev.oriel.testkit.scripted.Scripts;
import dev.oriel.testkit.scripted.Step;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * Every script of the scripted camera over real sockets, up to the sink. What each is about, and who met such a camera,
 * stands in its first lines.
 */
@Timeout(60)
class ScriptedCamerasTest {

    private static final int PATIENCE_SECONDS = 30;

    private final RtspIngestEngine engine = new RtspIngestEngine();

    @AfterEach
    void stopEngine() {
        engine.stop();
    }

    /** A camera, who listens to it, and what its script says of it. */
    private record Open(ScriptedCamera camera, SinkLog sink) {

        void check() throws Exception {
            // What was told counts first: it says more than a dialogue that broke off.
            for (Step step : camera.script().steps()) {
                if (step instanceof Step.Tells tells && tells.what().startsWith("begin ")) {
                    String[] expected = tells.what().substring(6).split(" of ");
                    List<String> told = told();
                    // What a camera offers and refuses is not among the tracks, what nobody can use is.
                    assertTrue(told.containsAll(List.of(expected[0].split(" "))), told::toString);
                    assertTrue(List.of(expected[1].split(" ")).containsAll(told), told::toString);
                }
                if (step instanceof Step.Tells tells && tells.what().startsWith("end ")) {
                    String ending = sink.ending();
                    String expected = tells.what().replace("192.0.2.1:554", camera.name());
                    assertTrue(new Step.Tells(0, expected).isTold("end " + ending), ending);
                    assertFalse(ending.contains("secret") || ending.contains("wrong"), ending);
                }
            }
            camera.played().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }

        private List<String> told() throws InterruptedException {
            try {
                return sink.tracks().stream()
                        .map(track -> track.codec().encodingName())
                        .toList();
            } catch (AssertionError e) {
                // What the camera has heard says more.
                camera.played().getNow(null);
                throw e;
            }
        }
    }

    private Open open(ScriptedCamera camera) {
        SinkLog sink = new SinkLog();
        IngestSession session =
                engine.open(SourceLocation.parse(camera.url()), camera.script().options(), sink);
        // Not before it has begun: what the camera said last may still be on its way.
        camera.closeIsDue().thenCombine(sink.begun, (due, begun) -> due).thenRun(session::close);
        return new Open(camera, sink);
    }

    /** All at once, since many of them are about waiting; so one bad camera is shown not to touch another (RTSPtoWeb 89, 256, 445). */
    @TestFactory
    List<DynamicTest> script_overSockets_isSpoken() throws Exception {
        List<Open> all = new ArrayList<>();
        for (String name : Scripts.names()) {
            all.add(open(ScriptedCamera.of(name)));
        }
        List<DynamicTest> tests = new ArrayList<>();
        for (Open one : all) {
            tests.add(DynamicTest.dynamicTest(one.camera().script().name(), () -> {
                try (ScriptedCamera camera = one.camera()) {
                    one.check();
                }
            }));
        }
        return tests;
    }

    /**
     * What users are told must differ where the cause does, or it does not help them; and it must come before they have gone
     * away. The camera that accepts {@code PLAY} and sends nothing is tried over TCP and over UDP within that time.
     */
    @Test
    void faults_ofAllKinds_areNamedWithinFiveSecondsAndToldApart() throws Exception {
        Map<String, SinkLog> sinks = new LinkedHashMap<>();
        List<ScriptedCamera> cameras = new ArrayList<>();
        int closed;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = taken.getLocalPort();
        }
        long begin = System.nanoTime();
        SinkLog nobody = new SinkLog();
        engine.open(SourceLocation.parse("rtsp://127.0.0.1:" + closed + "/"), CameraOptions.DEFAULT, nobody);
        sinks.put("127.0.0.1:" + closed, nobody);
        for (String name : Scripts.names()) {
            if (name.startsWith("fault-")) {
                Open one = open(ScriptedCamera.of(name));
                cameras.add(one.camera());
                sinks.put(one.camera().name(), one.sink());
            }
        }
        assertTrue(sinks.size() > 15, sinks::toString);

        Map<String, String> sentences = new HashMap<>();
        for (Map.Entry<String, SinkLog> one : sinks.entrySet()) {
            long left = TimeUnit.SECONDS.toNanos(5) - (System.nanoTime() - begin);
            EndReason end = one.getValue().end.get(Math.max(left, 1), TimeUnit.NANOSECONDS);
            String sentence = end.sentence().replace(one.getKey(), "");
            assertEquals(null, sentences.put(sentence, one.getKey()), sentence);
        }
        for (ScriptedCamera camera : cameras) {
            camera.close();
        }
    }

    /** A camera that comes back after a reboot is simply opened again (rtsp-relay 231, Ant Media 5866 and 7821). */
    @Test
    void camera_afterReset_isOpenedAgain() throws Exception {
        try (ScriptedCamera camera = ScriptedCamera.of("resets-while-playing")) {
            for (int i = 0; i < 3; i++) {
                assertTrue(open(camera).sink().ending().contains("closed the connection"));
            }
            assertEquals(3, camera.asked().stream().filter("PLAY"::equals).count());
        }
    }

    /** A client that speaks otherwise than written is noticed: without this no script would hold anything. */
    @Test
    void script_otherThanSpoken_failsItsCamera() throws Exception {
        try (ScriptedCamera camera = ScriptedCamera.playing("@ rtsp://192.0.2.1/1\n? OPTIONS\n? Authorization\n")) {
            open(camera);
            AssertionError noticed = camera.played()
                    .handle((done, failure) -> (AssertionError) failure)
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertTrue(noticed.getMessage().contains("without Authorization"), noticed::getMessage);
        }
        assertFalse(Script.named("fault-404").steps().isEmpty());
    }
}
