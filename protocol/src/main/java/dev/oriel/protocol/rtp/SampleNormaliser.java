package dev.oriel.protocol.rtp;

import dev.oriel.api.media.RtpPacket;
import java.util.function.Consumer;

/**
 * Sound, passed on as it is. G.711 packets that are too large are cut, as each byte is a sample of its own; what cannot be
 * cut is dropped and counted.
 */
final class SampleNormaliser implements Normaliser {

    private final NumberedPackets out;
    private final int bytesPerTick;
    private long malformed;

    /** @param bytesPerTick how many bytes make one tick of the timestamp; 0 if packets cannot be cut */
    SampleNormaliser(int bytesPerTick, Consumer<RtpPacket> out) {
        this.bytesPerTick = bytesPerTick;
        this.out = new NumberedPackets(out);
    }

    @Override
    public void receive(RtpView packet, SequenceTracker.Arrival arrival, long timeNanos) {
        if (arrival == SequenceTracker.Arrival.AFTER_GAP) {
            out.leaveGap();
        }
        int left = packet.payloadLength();
        if (left == 0 || bytesPerTick == 0 && left > RtpPacket.MAX_PAYLOAD_BYTES) {
            malformed++;
            return;
        }
        int at = packet.payloadOffset();
        int timestamp = packet.timestamp();
        boolean marker = packet.marker();
        int most = bytesPerTick == 0
                ? RtpPacket.MAX_PAYLOAD_BYTES
                : RtpPacket.MAX_PAYLOAD_BYTES / bytesPerTick * bytesPerTick;
        while (left > 0) {
            int n = Math.min(left, most);
            out.add(timestamp, marker, timeNanos, packet.bytes(), at, n);
            timestamp += bytesPerTick == 0 ? 0 : n / bytesPerTick;
            marker = false;
            at += n;
            left -= n;
        }
    }

    @Override
    public long malformed() {
        return malformed;
    }
}
