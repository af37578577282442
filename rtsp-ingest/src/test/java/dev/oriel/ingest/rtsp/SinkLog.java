package dev.oriel.ingest.rtsp;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.media.EndReason;
import dev.oriel.api.media.MediaSink;
import dev.oriel.api.media.RtpPacket;
import dev.oriel.api.media.Track;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what a session tells. */
final class SinkLog implements MediaSink {

    final BlockingQueue<List<Track>> tracks = new LinkedBlockingQueue<>();
    final BlockingQueue<RtpPacket> packets = new LinkedBlockingQueue<>();
    final CompletableFuture<Void> begun = new CompletableFuture<>();
    final CompletableFuture<EndReason> end = new CompletableFuture<>();
    final Set<String> threads = ConcurrentHashMap.newKeySet();

    @Override
    public void onTracks(List<Track> told) {
        threads.add(Thread.currentThread().getName());
        tracks.add(told);
        begun.complete(null);
    }

    @Override
    public void onPacket(Track track, RtpPacket packet) {
        threads.add(Thread.currentThread().getName());
        packets.add(packet);
    }

    @Override
    public void onEnd(EndReason reason) {
        threads.add(Thread.currentThread().getName());
        assertTrue(end.complete(reason), "ended twice");
    }

    RtpPacket packet() throws InterruptedException {
        RtpPacket packet = packets.poll(10, TimeUnit.SECONDS);
        assertNotNull(packet, "no packet within 10 s");
        return packet;
    }

    List<Track> tracks() throws InterruptedException {
        List<Track> told = tracks.poll(10, TimeUnit.SECONDS);
        assertNotNull(told, "no tracks within 10 s");
        return told;
    }

    String ending() throws Exception {
        EndReason reason = end.get(15, TimeUnit.SECONDS);
        return reason instanceof EndReason.Failed failed
                ? failed.cause().getClass().getSimpleName() + ": " + failed.sentence()
                : reason.sentence();
    }
}
