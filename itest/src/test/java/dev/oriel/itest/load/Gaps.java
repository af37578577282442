package dev.oriel.itest.load;

import dev.oriel.api.media.EndReason;
import dev.oriel.api.media.MediaSink;
import dev.oriel.api.media.RtpPacket;
import dev.oriel.api.media.Track;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A viewer that counts what came and what did not, by sequence numbers. Written and read by any thread. */
final class Gaps implements MediaSink {

    private final Map<Integer, Integer> expected = new HashMap<>();
    private long packets;
    private long bytes;
    private long missing;
    private String where = "";
    private boolean ended;

    @Override
    public void onTracks(List<Track> tracks) {}

    @Override
    public synchronized void onPacket(Track track, RtpPacket packet) {
        Integer due = expected.put(track.index(), packet.sequenceNumber() + 1 & 0xffff);
        if (due != null) {
            int gap = packet.sequenceNumber() - due & 0xffff;
            missing += gap;
            if (gap != 0 && where.isEmpty()) {
                where = gap + " missing before packet " + packets;
            }
        }
        packets++;
        bytes += packet.payloadLength();
        if (packets == 1) {
            notifyAll();
        }
    }

    @Override
    public synchronized void onEnd(EndReason reason) {
        ended = true;
    }

    synchronized void awaitFirst(long millis) throws InterruptedException {
        long until = System.nanoTime() + millis * 1_000_000;
        while (packets == 0) {
            long left = (until - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("No packet came within " + millis + " ms");
            }
            wait(left);
        }
    }

    synchronized long packets() {
        return packets;
    }

    synchronized long bytes() {
        return bytes;
    }

    synchronized long missing() {
        return missing;
    }

    /** Where the first of the missing would have been; empty if none is. */
    synchronized String where() {
        return where;
    }

    synchronized boolean ended() {
        return ended;
    }
}
