package dev.oriel.itest.watcher;

import dev.oriel.api.media.EndReason;
import dev.oriel.api.media.MediaSink;
import dev.oriel.api.media.RtpPacket;
import dev.oriel.api.media.Track;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A sink that counts. */
final class Count implements MediaSink {

    private final AtomicLong packets = new AtomicLong();
    private final AtomicLong keyframes = new AtomicLong();
    private final AtomicLong descriptions = new AtomicLong();

    @Override
    public void onTracks(List<Track> tracks) {
        descriptions.incrementAndGet();
    }

    @Override
    public void onPacket(Track track, RtpPacket packet) {
        packets.incrementAndGet();
        if (packet.startsKeyframe()) {
            keyframes.incrementAndGet();
        }
    }

    @Override
    public void onEnd(EndReason reason) {}

    long packets() {
        return packets.get();
    }

    long keyframes() {
        return keyframes.get();
    }

    long descriptions() {
        return descriptions.get();
    }
}
