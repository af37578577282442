package dev.oriel.testkit.viewer.light;

import dev.oriel.protocol.srtp.SrtpReceiver;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Counts one viewer's video by the headers, which are in clear, and decrypts only what has to be seen: everything up to the first
 * whole keyframe, then the first packets of each frame until its watch knows enough. Confined to the viewers' thread.
 */
final class VideoMeter {

    private static final int LOOKS_PER_FRAME = 6;
    private static final int HEADER_BYTES = 12;
    private static final int MAX_BYTES = 2048;

    private final VideoWatch watch;
    private final byte[] sealed;
    private final byte[] plain;
    private Optional<SrtpReceiver> receiver = Optional.empty();

    private long packets;
    private long bytes;
    private long lost;
    private long late;
    private long frames;
    private long broken;
    private long undecrypted;

    private boolean started;
    private int ssrc;
    private int nextSequence;
    private int highestSequence;
    private int wraps;

    private boolean open;
    private int timestamp;
    private boolean damaged;
    private boolean keyframe;
    private boolean known;
    private int looks;
    private boolean pictured;

    /** @param scratch two arrays that all viewers of a thread use in turn */
    VideoMeter(VideoWatch watch, byte[][] scratch) {
        this.watch = watch;
        this.sealed = scratch[0];
        this.plain = scratch[1];
    }

    static byte[][] scratch() {
        return new byte[2][MAX_BYTES];
    }

    /** From now on packets can be decrypted. */
    void secured(SrtpReceiver keys) {
        receiver = Optional.of(keys);
    }

    Counts counts() {
        return new Counts(packets, bytes, lost, late, frames, broken, undecrypted);
    }

    /** Whether a whole keyframe has come. */
    boolean isPictured() {
        return pictured;
    }

    boolean hasStarted() {
        return started;
    }

    int ssrc() {
        return ssrc;
    }

    /** As receiver reports have it. */
    int extendedSequence() {
        return wraps << 16 | highestSequence;
    }

    /** Takes an RTP packet as it came; the buffer's content from 0 on is it. */
    void packet(ByteBuffer datagram, int length, long nowNanos) {
        if (length < HEADER_BYTES || length > MAX_BYTES || receiver.isEmpty()) {
            return;
        }
        int source = datagram.getInt(8);
        if (started && source != ssrc) {
            return;
        }
        boolean first = !started;
        if (first) {
            // Whoever had the port before may still be sent something: the first packet has to prove that it is ours.
            if (!look(datagram, length)) {
                return;
            }
            started = true;
            ssrc = source;
            nextSequence = datagram.getShort(2) & 0xffff;
            highestSequence = nextSequence;
            timestamp = datagram.getInt(4);
            open = true;
        }
        packets++;
        bytes += length;
        boolean gap = number(datagram.getShort(2) & 0xffff);
        int time = datagram.getInt(4);
        if (!open || time != timestamp) {
            if (open) {
                finish(false, nowNanos);
            }
            begin(time);
        }
        damaged |= gap;
        if (!first && (!pictured || !known && looks < LOOKS_PER_FRAME)) {
            look(datagram, length);
        }
        if ((datagram.get(1) & 0x80) != 0) {
            finish(true, nowNanos);
        }
    }

    private void begin(int time) {
        open = true;
        timestamp = time;
        damaged = false;
        keyframe = false;
        known = false;
        looks = 0;
    }

    /** Notes a sequence number; answers whether something before it is missing. */
    private boolean number(int sequence) {
        int ahead = (short) (sequence - nextSequence);
        if (ahead < 0) {
            late++;
            lost = Math.max(0, lost - 1);
            return false;
        }
        lost += ahead;
        wraps += sequence < highestSequence ? 1 : 0;
        highestSequence = sequence;
        nextSequence = sequence + 1 & 0xffff;
        return ahead > 0;
    }

    /** Decrypts a packet and looks into it; false if it cannot be decrypted. */
    private boolean look(ByteBuffer datagram, int length) {
        looks++;
        datagram.get(0, sealed, 0, length);
        OptionalInt clear = receiver.orElseThrow().unprotect(sealed, 0, length, plain);
        if (clear.isEmpty()) {
            undecrypted += started ? 1 : 0;
            return false;
        }
        int offset = payloadOffset();
        int end = clear.getAsInt() - ((plain[0] & 0x20) != 0 ? plain[clear.getAsInt() - 1] & 0xff : 0);
        if (end - offset >= 2) {
            keyframe |= H264Payload.startsKeyframe(plain, offset, end - offset);
            known |= watch.payload(plain, offset, end - offset);
        }
        return true;
    }

    private int payloadOffset() {
        int offset = HEADER_BYTES + 4 * (plain[0] & 0x0f);
        if ((plain[0] & 0x10) != 0) {
            offset += 4 + 4 * ((plain[offset + 2] & 0xff) << 8 | plain[offset + 3] & 0xff);
        }
        return offset;
    }

    private void finish(boolean ended, long nowNanos) {
        open = false;
        boolean whole = ended && !damaged;
        if (!ended && !known && !keyframe) {
            // Parameter sets that some servers send with a timestamp of their own.
            return;
        }
        if (whole) {
            frames++;
            pictured |= keyframe;
        } else {
            broken++;
        }
        watch.frame(whole, keyframe, nowNanos);
    }
}
