package dev.oriel.egress.passthrough.media;

import dev.oriel.api.media.Bytes;
import dev.oriel.api.media.Codec;
import dev.oriel.api.media.MediaKind;
import dev.oriel.api.media.RtpPacket;
import dev.oriel.api.media.Track;
import java.nio.ByteBuffer;
import java.util.List;

/** Tracks and packets as tests need them. */
final class Packets {

    static final int FRAME_TICKS = 3600;
    static final Track VIDEO = new Track(0, MediaKind.VIDEO, new Codec.H264(List.<Bytes>of()), 90_000, 1);
    static final Track AUDIO = new Track(1, MediaKind.AUDIO, new Codec.Pcma(), 8000, 1);

    private Packets() {}

    /** The one packet of a picture at 25 a second. */
    static RtpPacket picture(int number, boolean key) {
        return packet(number, number * FRAME_TICKS, key, number * 40_000_000L, 100);
    }

    static RtpPacket packet(int sequence, int timestamp, boolean key, long timeNanos, int size) {
        byte[] payload = ByteBuffer.allocate(size).putInt(0, sequence).array();
        return new RtpPacket(sequence, timestamp, true, key, timeNanos, payload, 0, size);
    }

    static int sequence(byte[] rtp) {
        return ByteBuffer.wrap(rtp).getShort(2) & 0xffff;
    }

    static int timestamp(byte[] rtp) {
        return ByteBuffer.wrap(rtp).getInt(4);
    }
}
