package dev.oriel.protocol.rtp;

import dev.oriel.api.media.RtpPacket;
import dev.oriel.protocol.rtp.sound.AudioConfig;
import dev.oriel.protocol.rtp.sound.SoundPacking;
import dev.oriel.protocol.rtp.sound.UnitReader;
import dev.oriel.protocol.rtp.sound.UnitSink;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;

/** Sound in the form that sinks are promised, from whatever the camera packed it in; what is too large goes out in several packets. */
final class SoundNormaliser implements Normaliser, UnitSink {

    private static final long SECOND = 1_000_000_000L;

    private final NumberedPackets out;
    private final ObjIntConsumer<AudioConfig> onChange;
    private final UnitReader reader;
    private final int describedHz;
    private int clockRateHz;
    private int packetTimestamp;
    private long packetTimeNanos;

    /** @param onChange told what AAC is like from here on, and the rate of its clock, where that is not as described */
    SoundNormaliser(
            SoundPacking packing, int clockRateHz, Consumer<RtpPacket> out, ObjIntConsumer<AudioConfig> onChange) {
        this.describedHz = clockRateHz;
        this.clockRateHz = clockRateHz;
        this.out = new NumberedPackets(out);
        this.onChange = onChange;
        this.reader = UnitReader.of(packing, RtpPacket.MAX_PAYLOAD_BYTES, clockRateHz, this);
    }

    @Override
    public void receive(RtpView packet, SequenceTracker.Arrival arrival, long timeNanos) {
        if (arrival == SequenceTracker.Arrival.AFTER_GAP) {
            out.leaveGap();
            reader.gap();
        }
        packetTimestamp = packet.timestamp();
        packetTimeNanos = timeNanos;
        reader.packet(packet.bytes(), packet.payloadOffset(), packet.payloadLength(), packetTimestamp, packet.marker());
    }

    @Override
    public long malformed() {
        return reader.malformed();
    }

    @Override
    public List<String> remarks() {
        return clockRateHz == describedHz
                ? List.of()
                : List.of("The camera describes a clock of " + describedHz + " Hz for its sound and counts "
                        + clockRateHz + " a second.");
    }

    @Override
    public void unit(byte[] bytes, int offset, int length, int timestamp, boolean marker) {
        long timeNanos = packetTimeNanos + (timestamp - packetTimestamp) * SECOND / clockRateHz;
        out.addCut(timestamp, marker, timeNanos, bytes, offset, length);
    }

    @Override
    public void changed(AudioConfig config, int rateHz) {
        clockRateHz = rateHz;
        onChange.accept(config, rateHz);
    }
}
