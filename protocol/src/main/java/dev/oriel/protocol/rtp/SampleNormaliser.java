package dev.oriel.protocol.rtp;

import dev.oriel.api.media.RtpPacket;
import dev.oriel.protocol.rtp.sound.SoundPacking;
import java.util.function.Consumer;

/**
 * Sound whose packets are passed on as they are, or cut where they are too large and consist of samples; what cannot be cut
 * is dropped and counted.
 */
final class SampleNormaliser implements Normaliser {

    private static final SoundPacking.Samples UNCUT = new SoundPacking.Samples(RtpPacket.MAX_PAYLOAD_BYTES, 0, false);

    private final NumberedPackets out;
    private final SoundPacking.Samples samples;
    private final boolean cuts;
    private long malformed;

    SampleNormaliser(SoundPacking packing, Consumer<RtpPacket> out) {
        this.samples = packing instanceof SoundPacking.Samples some ? some : UNCUT;
        this.cuts = packing instanceof SoundPacking.Samples;
        this.out = new NumberedPackets(out);
    }

    @Override
    public void receive(RtpView packet, SequenceTracker.Arrival arrival, long timeNanos) {
        if (arrival == SequenceTracker.Arrival.AFTER_GAP) {
            out.leaveGap();
        }
        int left = packet.payloadLength();
        if (left == 0 || !cuts && left > RtpPacket.MAX_PAYLOAD_BYTES) {
            malformed++;
            return;
        }
        byte[] bytes = packet.bytes();
        int at = packet.payloadOffset();
        if (samples.lowByteFirst()) {
            bytes = turned(bytes, at, left);
            at = 0;
        }
        int timestamp = packet.timestamp();
        boolean marker = packet.marker();
        int most = RtpPacket.MAX_PAYLOAD_BYTES / samples.unitBytes() * samples.unitBytes();
        while (left > 0) {
            int n = Math.min(left, most);
            out.add(timestamp, marker, timeNanos, bytes, at, n);
            timestamp += n / samples.unitBytes() * samples.unitTicks();
            marker = false;
            at += n;
            left -= n;
        }
    }

    @Override
    public long malformed() {
        return malformed;
    }

    private static byte[] turned(byte[] bytes, int offset, int length) {
        byte[] turned = new byte[length];
        for (int i = 0; i < length; i++) {
            int other = i ^ 1;
            turned[other < length ? other : i] = bytes[offset + i];
        }
        return turned;
    }
}
