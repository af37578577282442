package dev.oriel.ingest.rtsp.foreign;

import dev.oriel.api.media.EndReason;
import dev.oriel.api.media.MediaSink;
import dev.oriel.api.media.RtpPacket;
import dev.oriel.api.media.Track;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What came of a camera: its tracks and how many packets on each, or how it ended. Written and read by any thread. */
final class Received implements MediaSink {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    private List<Track> tracks = List.of();
    private final Map<String, Integer> packets = new HashMap<>();
    private String end = "";
    private String sentence = "";

    @Override
    public synchronized void onTracks(List<Track> told) {
        tracks = List.copyOf(told);
        notifyAll();
    }

    @Override
    public synchronized void onPacket(Track track, RtpPacket packet) {
        packets.merge(named(track), 1, Integer::sum);
        notifyAll();
    }

    @Override
    public synchronized void onEnd(EndReason reason) {
        if (reason instanceof EndReason.Failed failed) {
            end = failed.cause().getClass().getSimpleName();
            sentence = failed.cause().sentence();
        } else {
            end = reason.toString();
        }
        notifyAll();
    }

    /** The tracks, once each of them has brought so many packets; or how it ended. */
    synchronized String await(int each) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (end.isEmpty() && !complete(each)) {
            long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("Of " + tracks + " came only " + packets);
            }
            wait(left);
        }
        return end.isEmpty() ? tracks.stream().map(Received::named).collect(Collectors.joining("; ")) : end;
    }

    /** Why it ended, for the message of a test; empty while it has not. */
    synchronized String sentence() {
        return sentence;
    }

    private boolean complete(int each) {
        return !tracks.isEmpty() && tracks.stream().allMatch(track -> packets.getOrDefault(named(track), 0) >= each);
    }

    private static String named(Track track) {
        return track.kind() + " " + track.codec().encodingName() + " " + track.clockRateHz();
    }
}
