package dev.oriel.core.hub;

import static dev.oriel.core.hub.Fakes.RTSP;
import static dev.oriel.core.hub.Fakes.VIDEO;
import static dev.oriel.core.hub.Fakes.camera;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.oriel.api.camera.CameraSource;
import dev.oriel.api.failure.CameraUnreachable;
import dev.oriel.api.hub.StreamLease;
import dev.oriel.api.hub.StreamState;
import dev.oriel.api.media.EndReason;
import dev.oriel.api.media.IngestReport;
import dev.oriel.core.hub.Fakes.Engine;
import dev.oriel.core.time.VirtualTimeline;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the hub says of a camera, and what it does about one whose engine says nothing. */
class HubDiagnosisTest {

    private static final IngestReport SEEN = new IngestReport("UDP", "OPTIONS", 100, 3, 0, 0, Optional.empty());

    private final VirtualTimeline timeline = new VirtualTimeline();
    private final Hub hub = new Hub(timeline);
    private final Engine engine = new Engine();
    private final CameraSource door = camera("door", "rtsp://camera/1");

    @BeforeEach
    void start() {
        hub.bindEngine(engine, RTSP);
        hub.bindCamera(door, Map.of());
        timeline.run();
    }

    @Test
    void status_report_isKeptAfterTheEndAndThroughFailedAttempts() {
        StreamLease lease = watch();
        engine.last().report = SEEN;
        assertSame(SEEN, lease.status().report());

        engine.last().sink.onEnd(new EndReason.Failed(new CameraUnreachable("gone")));
        assertSame(SEEN, lease.status().report());
        timeline.advanceMillis(500);
        assertEquals(2, engine.sessions.size());
        assertSame(SEEN, lease.status().report(), "of the last connection, while the next is being made");
        engine.last().sink.onEnd(new EndReason.Failed(new CameraUnreachable("gone")));
        assertSame(SEEN, lease.status().report());
    }

    @Test
    void status_lastFailure_isKeptWhileMediaFlows() {
        StreamLease lease = watch();
        CameraUnreachable gone = new CameraUnreachable("gone");
        engine.last().sink.onEnd(new EndReason.Failed(gone));
        timeline.advanceMillis(500);
        engine.last().tracks(VIDEO);
        engine.last().video(1, true);

        assertSame(gone, lease.status().lastFailure().orElseThrow());
        assertEquals("", lease.status().whyNoPicture());
    }

    @Test
    void silence_engineTellsNoEnd_isOpenedAnewAfterFifteenSeconds() {
        StreamLease lease = watch();
        engine.last().video(1, true);
        timeline.advanceMillis(10_000);
        engine.last().video(2, false);

        timeline.advanceMillis(14_999);
        assertEquals(
                "Nothing has come from the camera for 15 s.", lease.status().whyNoPicture());
        assertEquals(0, engine.last().closed);
        timeline.advanceMillis(1);

        assertEquals(1, engine.last().closed);
        assertEquals(StreamState.BACKOFF, lease.status().state());
        timeline.advanceMillis(500);
        assertEquals(2, engine.sessions.size());
        assertEquals(1, lease.status().leases());
    }

    private StreamLease watch() {
        StreamLease[] lease = new StreamLease[1];
        hub.lease(door).thenAccept(granted -> lease[0] = granted);
        engine.last().tracks(VIDEO);
        return lease[0];
    }
}
