package dev.oriel.benchmarks.camera;

import java.nio.ByteBuffer;

/** Cuts NAL units into RTP packets (RFC 6184) and frames them for an RTSP connection (RFC 2326 section 10.12). One thread's. */
final class Packets {

    static final int PAYLOAD_TYPE = 96;

    /** As most cameras have it: more than fits a viewer's packet, so that servers have to cut anew. */
    private static final int MAX_PAYLOAD_BYTES = 1400;

    private static final int FU_A = 28;
    private static final int SSRC = 0x0badcafe;
    private static final int TICKS_PER_FRAME = 90_000 / SyntheticVideo.FRAMES_PER_SECOND;

    private final SyntheticVideo video;
    private final int channel;
    private int sequence = 1;
    private int timestamp;
    private int packets;
    private int octets;

    Packets(SyntheticVideo video, int channel) {
        this.video = video;
        this.channel = channel;
    }

    int ssrc() {
        return SSRC;
    }

    int timestamp() {
        return timestamp;
    }

    int packets() {
        return packets;
    }

    int octets() {
        return octets;
    }

    /** A picture as it goes onto the connection. */
    ByteBuffer frame(FrameStamp stamp) {
        timestamp = stamp.number() * TICKS_PER_FRAME;
        byte[] slice = video.slice(stamp);
        ByteBuffer out = ByteBuffer.allocate(slice.length + (slice.length / MAX_PAYLOAD_BYTES + 4) * 64);
        if (video.isKeyframe(stamp.number())) {
            single(out, SyntheticVideo.sequenceParameters());
            single(out, SyntheticVideo.pictureParameters());
        }
        int at = 1;
        while (at < slice.length) {
            int size = Math.min(MAX_PAYLOAD_BYTES - 2, slice.length - at);
            boolean last = at + size == slice.length;
            header(out, size + 2, last);
            out.put((byte) (slice[0] & 0x60 | FU_A));
            out.put((byte) ((at == 1 ? 0x80 : 0) | (last ? 0x40 : 0) | slice[0] & 0x1f));
            out.put(slice, at, size);
            at += size;
        }
        return out.flip();
    }

    private void single(ByteBuffer out, byte[] nal) {
        header(out, nal.length, false);
        out.put(nal);
    }

    private void header(ByteBuffer out, int payload, boolean marker) {
        out.put((byte) '$').put((byte) channel).putShort((short) (12 + payload));
        out.put((byte) 0x80).put((byte) ((marker ? 0x80 : 0) | PAYLOAD_TYPE));
        out.putShort((short) sequence++).putInt(timestamp).putInt(SSRC);
        packets++;
        octets += payload;
    }
}
