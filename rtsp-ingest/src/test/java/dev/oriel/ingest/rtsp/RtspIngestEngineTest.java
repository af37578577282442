package dev.oriel.ingest.rtsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.camera.CameraOptions;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.media.IngestSession;
import dev.oriel.api.media.MediaSink;
import dev.oriel.api.media.RtpPacket;
import dev.oriel.api.media.Track;
import dev.oriel.ingest.rtsp.ScriptedCamera.Mood;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RtspIngestEngineTest {

    private static final byte[] IDR = HexFormat.of().parseHex("65888404");

    private final AtomicLong skippedNanos = new AtomicLong();
    private final RtspIngestEngine engine = new RtspIngestEngine(() -> System.nanoTime() + skippedNanos.get());
    private final SinkLog sink = new SinkLog();

    @AfterEach
    void stopEngine() {
        engine.stop();
    }

    private IngestSession open(String url, MediaSink to) {
        return engine.open(SourceLocation.parse(url), CameraOptions.DEFAULT, to);
    }

    @Test
    void open_camera_bringsTracksAndPacketsOnOneThread() throws Exception {
        try (ScriptedCamera camera = new ScriptedCamera(Mood.WILLING)) {
            open(camera.url(), sink);

            List<Track> tracks = sink.tracks();
            assertEquals(
                    List.of("H264", "PCMA"),
                    tracks.stream().map(t -> t.codec().encodingName()).toList());
            camera.send(0, 1, 3000, IDR);
            camera.send(2, 1, 160, new byte[160]);

            RtpPacket first = sink.packet();
            assertTrue(first.startsKeyframe());
            assertEquals(0x67, first.payloadAt(0));
            sink.packet();
            assertTrue(sink.packet().marker());
            assertEquals(160, sink.packet().payloadLength());
            assertEquals(1, sink.threads.size());
            assertTrue(sink.threads.iterator().next().startsWith("oriel-ingest-"), sink.threads::toString);
        }
    }

    @Test
    void open_cameraOfDatagramsOnly_isHeardAndRemembered() throws Exception {
        try (ScriptedCamera camera = new ScriptedCamera(Mood.DATAGRAMS)) {
            IngestSession session = open(camera.url(), sink);
            assertEquals(2, sink.tracks().size());
            byte[] packet = HexFormat.of().parseHex("80e000010000000100000000" + "65888404");
            camera.sendDatagram(packet);
            assertTrue(sink.packet().startsKeyframe());

            session.close();
            sink.ending();
            assertEquals("UDP", session.report().transport());
            assertEquals(2, session.report().packets());
            assertEquals(3, camera.asked.stream().filter("SETUP"::equals).count(), "refused, then both tracks");

            camera.asked.clear();
            SinkLog second = new SinkLog();
            open(camera.url(), second);
            second.tracks();
            assertEquals(2, camera.asked.stream().filter("SETUP"::equals).count(), "it is known how media comes");
        }
    }

    @Test
    void open_byName_findsTheHost() throws Exception {
        try (ScriptedCamera camera = new ScriptedCamera(Mood.WILLING)) {
            open(camera.url().replace("127.0.0.1", "localhost"), sink);

            assertEquals(2, sink.tracks().size());
        }
    }

    @Test
    void close_playing_saysGoodbyeAndEnds() throws Exception {
        try (ScriptedCamera camera = new ScriptedCamera(Mood.WILLING)) {
            IngestSession session = open(camera.url(), sink);
            sink.tracks();

            session.close();
            session.close();

            assertEquals("closed", sink.ending());
            String method = "";
            while (!method.equals("TEARDOWN")) {
                method = camera.asked.poll(10, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void close_atOnce_endsOnce() throws Exception {
        try (ScriptedCamera camera = new ScriptedCamera(Mood.WILLING)) {
            open(camera.url(), sink).close();

            assertEquals("closed", sink.ending());
        }
    }

    @Test
    void open_wrongPassword_isSaid() throws Exception {
        try (ScriptedCamera camera = new ScriptedCamera(Mood.GUARDED)) {
            open(camera.url(), sink);

            assertEquals(
                    "CameraRefused: The camera at " + camera.name() + " refuses the user name or password (401).",
                    sink.ending());
            assertEquals(
                    List.of("OPTIONS", "DESCRIBE", "DESCRIBE"), List.copyOf(camera.asked), "knocks twice, no more");
        }
    }

    @Test
    void open_closedPort_isSaid() throws Exception {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        open("rtsp://user:secret@127.0.0.1:" + port + "/", sink);

        assertEquals("CameraUnreachable: The camera at 127.0.0.1:" + port + " refuses the connection.", sink.ending());
    }

    @Test
    void open_silentCamera_isGivenUpInTime() throws Exception {
        try (ScriptedCamera camera = new ScriptedCamera(Mood.SILENT)) {
            open(camera.url(), sink);

            assertEquals(
                    "CameraUnreachable: The camera at " + camera.name() + " does not answer OPTIONS within 4.5 s.",
                    sink.ending());
        }
    }

    @Test
    void camera_closes_isSaid() throws Exception {
        try (ScriptedCamera leaving = new ScriptedCamera(Mood.LEAVING);
                ScriptedCamera camera = new ScriptedCamera(Mood.WILLING)) {
            SinkLog other = new SinkLog();
            open(leaving.url(), sink);
            open(camera.url(), other);
            other.tracks();

            camera.dropClients();

            assertEquals(
                    "CameraUnreachable: The camera at " + leaving.name()
                            + " closed the connection while DESCRIBE was awaited.",
                    sink.ending());
            assertTrue(other.ending().contains("closed the connection while media was awaited"));
        }
    }

    @Test
    void camera_stopsSending_isNoticed() throws Exception {
        try (ScriptedCamera camera = new ScriptedCamera(Mood.WILLING)) {
            open(camera.url(), sink);
            sink.tracks();
            camera.send(0, 1, 3000, IDR);
            sink.packet();
            while (!"PLAY".equals(camera.asked.poll(10, TimeUnit.SECONDS))) {}

            // The next keepalive is due within a second; by then more than the allowed silence has passed.
            skippedNanos.set(TimeUnit.SECONDS.toNanos(10));

            assertEquals(
                    "CameraUnreachable: The camera at " + camera.name() + " has sent no media for 10 s.",
                    sink.ending());
        }
    }

    @Test
    void sink_throws_losesOnlyItsOwnCamera() throws Exception {
        try (ScriptedCamera camera = new ScriptedCamera(Mood.WILLING)) {
            SinkLog other = new SinkLog();
            open(camera.url(), other);
            other.tracks();
            SinkLog broken = new SinkLog();
            open(camera.url(), new MediaSink() {
                @Override
                public void onTracks(List<Track> tracks) {
                    throw new IllegalStateException("on purpose");
                }

                @Override
                public void onPacket(Track track, RtpPacket packet) {}

                @Override
                public void onEnd(dev.oriel.api.media.EndReason reason) {
                    broken.onEnd(reason);
                }
            });

            assertEquals("This server failed while it handled the media.", broken.ending());
            while (!"TEARDOWN".equals(camera.asked.poll(10, TimeUnit.SECONDS))) {}
            camera.send(0, 1, 3000, IDR);
            other.packet();
        }
    }

    @Test
    void stop_leavesNoThreadAndEndsEverySession() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        RtspIngestEngine stopped = new RtspIngestEngine();
        try (ScriptedCamera camera = new ScriptedCamera(Mood.WILLING);
                ScriptedCamera silent = new ScriptedCamera(Mood.SILENT)) {
            SinkLog waiting = new SinkLog();
            stopped.open(
                    SourceLocation.parse(camera.url().replace("127.0.0.1", "localhost")), CameraOptions.DEFAULT, sink);
            stopped.open(SourceLocation.parse(silent.url()), CameraOptions.DEFAULT, waiting);
            sink.tracks();

            stopped.stop();

            assertEquals("The RTSP part of this server was stopped.", sink.ending());
            assertEquals("The RTSP part of this server was stopped.", waiting.ending());
            Set<String> left = Thread.getAllStackTraces().keySet().stream()
                    .filter(t -> !before.contains(t) && !t.getName().startsWith("scripted-camera"))
                    .map(Thread::getName)
                    .collect(Collectors.toSet());
            assertEquals(Set.of(), left);
            SinkLog late = new SinkLog();
            stopped.open(SourceLocation.parse(camera.url()), CameraOptions.DEFAULT, late);
            assertEquals("The RTSP part of this server was stopped.", late.ending());
        }
    }
}
