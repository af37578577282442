package dev.oriel.core.shell;

import static dev.oriel.core.hub.Fakes.RTSP;
import static dev.oriel.core.hub.Fakes.VIDEO;
import static dev.oriel.core.hub.Fakes.camera;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.camera.StreamName;
import dev.oriel.api.failure.CameraUnreachable;
import dev.oriel.api.media.Codec;
import dev.oriel.api.media.EndReason;
import dev.oriel.api.media.IngestReport;
import dev.oriel.api.media.MediaKind;
import dev.oriel.api.media.PictureReport;
import dev.oriel.api.media.Track;
import dev.oriel.core.hub.Fakes.Engine;
import dev.oriel.core.hub.Hub;
import dev.oriel.core.relay.Relay;
import dev.oriel.core.time.VirtualTimeline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OrielCommandsTest {

    private final VirtualTimeline timeline = new VirtualTimeline();
    private final Hub hub = new Hub(timeline);
    private final OrielCommands commands = new OrielCommands(hub, new Relay(timeline));

    @Test
    void commands_nothingThere_sayIt() {
        assertEquals("No camera is known.", commands.cameras());
        assertEquals("Nobody is watching.", commands.viewers());
    }

    @Test
    void cameras_afterAnOutage_showWhatIsKnownAndNoSecret() {
        Engine engine = new Engine();
        hub.bindEngine(engine, RTSP);
        hub.bindCamera(camera("door", "rtsp://me:secret@camera/1"), Map.of());
        timeline.run();
        hub.lease(new StreamName("door"));
        engine.last().tracks(VIDEO);
        engine.last().sink.onEnd(new EndReason.Failed(new CameraUnreachable("It is gone.")));
        timeline.advanceMillis(500);
        engine.last().report = new IngestReport(
                "UDP",
                "OPTIONS",
                9,
                3,
                0,
                0,
                Optional.of(new PictureReport(
                        640, 360, 25, 900_000, 50, Duration.ofSeconds(2), PictureReport.Order.AS_SHOWN)),
                List.of("It describes H265 and sends H264."));
        engine.last().tracks(VIDEO);
        engine.last().video(1, true);

        assertEquals(
                "door                 ACTIVE     leases 1, packets 1, lost 3 UDP H264 640x360 25 fps 900 kbit/s"
                        + " rtsp://camera/1 It describes H265 and sends H264. (before: It is gone.)",
                commands.cameras());
    }

    @Test
    void cameras_soundThatBrowsersDoNotPlay_isSaid() {
        Engine engine = new Engine();
        hub.bindEngine(engine, RTSP);
        hub.bindCamera(camera("door", "rtsp://camera/1"), Map.of());
        timeline.run();
        hub.lease(new StreamName("door"));
        engine.last().tracks(VIDEO, new Track(1, MediaKind.AUDIO, new Codec.L16(), 16_000, 1));
        engine.last().video(1, true);

        assertTrue(
                commands.cameras()
                        .endsWith(" H264+L16 rtsp://camera/1 The camera's sound is L16, which browsers do not play."),
                commands::cameras);
    }
}
