package dev.oriel.egress.passthrough.media;

import dev.oriel.api.camera.StreamName;
import dev.oriel.api.hub.StreamLease;
import dev.oriel.api.hub.StreamState;
import dev.oriel.api.hub.StreamStatus;
import dev.oriel.api.media.IngestReport;
import dev.oriel.api.media.MediaSink;
import dev.oriel.api.media.RtpPacket;
import dev.oriel.api.media.Track;
import java.util.List;
import java.util.Optional;

/** A camera's lease that tells a group when it is attached to and when it is asked to. */
final class FakeLease implements StreamLease {
    List<RtpPacket> group = List.of();
    private Optional<MediaSink> sink = Optional.empty();
    int replays;
    int wakes;

    @Override
    public List<Track> tracks() {
        return List.of(Packets.VIDEO, Packets.AUDIO);
    }

    @Override
    public void attach(MediaSink newSink) {
        sink = Optional.of(newSink);
        newSink.onTracks(tracks());
        group.forEach(p -> newSink.onPacket(Packets.VIDEO, p));
    }

    @Override
    public void replay() {
        replays++;
        group.forEach(p -> sink.orElseThrow().onPacket(Packets.VIDEO, p));
    }

    @Override
    public StreamStatus status() {
        return new StreamStatus(
                new StreamName("x"),
                "",
                StreamState.ACTIVE,
                tracks(),
                1,
                0,
                0,
                0,
                "",
                Optional.empty(),
                IngestReport.NONE);
    }

    @Override
    public void close() {
        // Nothing to give back.
    }
}
