package dev.oriel.signaling;

import dev.oriel.api.camera.CameraSource;
import dev.oriel.api.camera.StreamName;
import dev.oriel.api.failure.CameraUnreachable;
import dev.oriel.api.failure.StreamNotFound;
import dev.oriel.api.hub.StreamHub;
import dev.oriel.api.hub.StreamLease;
import dev.oriel.api.hub.StreamState;
import dev.oriel.api.hub.StreamStatus;
import dev.oriel.api.media.Codec;
import dev.oriel.api.media.IngestReport;
import dev.oriel.api.media.MediaKind;
import dev.oriel.api.media.MediaSink;
import dev.oriel.api.media.PictureReport;
import dev.oriel.api.media.Track;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A hub that runs one camera, named front, with H.264 and A-law. */
public final class FakeHub implements StreamHub {

    public static final StreamName FRONT = new StreamName("front");
    public static final List<Track> TRACKS = List.of(
            new Track(0, MediaKind.VIDEO, new Codec.H264(List.of()), 90_000, 1),
            new Track(1, MediaKind.AUDIO, new Codec.Pcma(), 8_000, 1),
            new Track(2, MediaKind.APPLICATION, new Codec.Other("vnd.onvif.metadata"), 90_000, 1));

    private static final IngestReport REPORT = new IngestReport(
            "UDP",
            "OPTIONS",
            500,
            3,
            2,
            1,
            Optional.of(new PictureReport(
                    1280, 720, 24.97, 1_000_000, 50, Duration.ofMillis(2000), PictureReport.Order.REORDERED)),
            List.of("Its clock is odd."));

    public int leasesOpen;

    @Override
    public CompletionStage<StreamLease> lease(StreamName name) {
        if (!name.equals(FRONT)) {
            return CompletableFuture.failedFuture(new StreamNotFound(name.value()));
        }
        leasesOpen++;
        return CompletableFuture.completedFuture(new Lease());
    }

    @Override
    public CompletionStage<StreamLease> lease(CameraSource camera) {
        return lease(camera.name());
    }

    @Override
    public List<StreamStatus> streams() {
        return List.of(new StreamStatus(
                FRONT,
                "rtsp://192.0.2.20/h264",
                StreamState.ACTIVE,
                TRACKS,
                1,
                10,
                1000,
                5,
                "",
                Optional.of(new CameraUnreachable("It was away.")),
                REPORT));
    }

    private final class Lease implements StreamLease {
        @Override
        public List<Track> tracks() {
            return TRACKS;
        }

        @Override
        public void attach(MediaSink sink) {
            throw new AssertionError("A look at the tracks attaches nothing");
        }

        @Override
        public void replay() {
            throw new AssertionError("A look at the tracks replays nothing");
        }

        @Override
        public StreamStatus status() {
            return streams().get(0);
        }

        @Override
        public void close() {
            leasesOpen--;
        }
    }
}
