package dev.oriel.core.relay;

import static dev.oriel.core.hub.Fakes.RTSP;
import static dev.oriel.core.hub.Fakes.VIDEO;
import static dev.oriel.core.hub.Fakes.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.camera.CameraOptions;
import dev.oriel.api.camera.CameraSource;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.camera.StreamName;
import dev.oriel.api.failure.CameraRefused;
import dev.oriel.api.failure.NoCommonCodec;
import dev.oriel.api.failure.RelayException;
import dev.oriel.api.hub.StreamStatus;
import dev.oriel.api.media.EndReason;
import dev.oriel.api.media.IngestReport;
import dev.oriel.api.media.PictureReport;
import dev.oriel.api.viewer.EgressEngine;
import dev.oriel.api.viewer.Offer;
import dev.oriel.api.viewer.ViewerSession;
import dev.oriel.core.hub.Fakes;
import dev.oriel.core.hub.Fakes.Engine;
import dev.oriel.core.hub.Hub;
import dev.oriel.core.time.VirtualTimeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SubstreamTest {

    private static final NoCommonCodec NOT_PLAYABLE = new NoCommonCodec(List.of("H265"), List.of("H264"));

    private final VirtualTimeline timeline = new VirtualTimeline();
    private final Hub hub = new Hub(timeline);
    private final LocalProvider provider = new LocalProvider(hub, timeline);
    private final Engine ingest = new Engine();
    private final CameraSource door = new TwoStreams();
    private final List<String> asked = new ArrayList<>();
    private final FakeSession session = new FakeSession("abc");

    SubstreamTest() {
        hub.bindEngine(ingest, RTSP);
        provider.bindIngest(ingest, RTSP);
        hub.bindCamera(door, Map.of());
        timeline.run();
    }

    /** H.265 for a browser without it: mediamtx 1438, 3492, 4001, 4003, go2rtc 452, 1439, 1598, 1728, RTSPtoWebRTC 42, 134. */
    @Test
    void answer_mainNotPlayable_showsTheSubstreamAndLetsTheMainGo() {
        playing("door.sub");
        CompletableFuture<ViewerSession> answer = answer();

        ingest.last().tracks(VIDEO);
        assertEquals("/2", ingest.last().location.target());
        assertEquals(CameraOptions.Running.ON_DEMAND, ingest.last().options.running());
        ingest.last().tracks(VIDEO);

        assertSame(session, answer.join());
        assertEquals(List.of("door", "door.sub"), asked);
        assertEquals(List.of("door 0", "door.sub 1"), leases());
    }

    @Test
    void answer_neitherPlayable_namesBoth() {
        playing("none");
        CompletableFuture<ViewerSession> answer = answer();
        ingest.last().tracks(VIDEO);

        ingest.last().sink.onEnd(new EndReason.Failed(new CameraRefused(404, "No such path.")));

        String sentence =
                assertInstanceOf(RelayException.class, failure(answer)).sentence();
        assertTrue(sentence.contains("H265") && sentence.contains("No such path."), sentence);
        assertEquals("door 0", leases().get(0));
    }

    /** B-frames: mediamtx 1317, 1491, 2268, 3022, go2rtc 583, 1240. */
    @Test
    void answer_mainHasBFrames_showsTheSubstream() {
        playing("door.sub");
        CompletableFuture<ViewerSession> answer = answerReordered();
        ingest.last().tracks(VIDEO);

        assertSame(session, answer.join());
        assertEquals(List.of("door.sub"), asked);
        assertEquals(List.of("door 0", "door.sub 1"), leases());
    }

    @Test
    void answer_mainHasBFramesAndSubstreamIsSilent_showsTheMainInTime() {
        playing("door");
        CompletableFuture<ViewerSession> answer = answerReordered();

        timeline.advanceMillis(3_000);

        assertSame(session, answer.join());
        assertEquals("door 1", leases().get(0));
    }

    @Test
    void camera_removed_endsTheLeasesOfItsSubstream() {
        playing("door.sub");
        answer();
        ingest.last().tracks(VIDEO);
        ingest.last().tracks(VIDEO);

        hub.unbindCamera(door);

        assertTrue(leases().stream().allMatch(line -> line.endsWith(" 0")), leases().toString());
    }

    private void playing(String name) {
        EgressEngine engine = (stream, offer, lease) -> {
            asked.add(stream.value());
            return stream.value().equals(name)
                    ? CompletableFuture.completedFuture(session)
                    : CompletableFuture.failedFuture(NOT_PLAYABLE);
        };
        provider.bindEgress(engine, Map.of());
    }

    private CompletableFuture<ViewerSession> answer() {
        return provider.answer(door, new Offer("v=0")).toCompletableFuture();
    }

    private CompletableFuture<ViewerSession> answerReordered() {
        CompletableFuture<ViewerSession> answer = answer();
        Fakes.Session main = ingest.last();
        main.report = new IngestReport(
                "TCP",
                "",
                1,
                0,
                0,
                0,
                Optional.of(
                        new PictureReport(640, 360, 25, 1, 50, Duration.ofSeconds(2), PictureReport.Order.REORDERED)));
        main.tracks(VIDEO);
        return answer;
    }

    private List<String> leases() {
        timeline.run();
        return hub.streams().stream().map(SubstreamTest::line).toList();
    }

    private static String line(StreamStatus status) {
        return status.name() + " " + status.leases();
    }

    private static final class TwoStreams implements CameraSource {

        @Override
        public StreamName name() {
            return new StreamName("door");
        }

        @Override
        public SourceLocation location() {
            return SourceLocation.parse("rtsp://camera/1");
        }

        @Override
        public Optional<SourceLocation> substream() {
            return Optional.of(SourceLocation.parse("rtsp://camera/2"));
        }
    }
}
