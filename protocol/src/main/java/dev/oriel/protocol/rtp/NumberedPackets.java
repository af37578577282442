package dev.oriel.protocol.rtp;

import dev.oriel.api.media.RtpPacket;
import java.util.function.Consumer;

/**
 * The outgoing side of a track: numbers packets in a row, with one number left out where media was lost.
 *
 * <p>One, however many packets were lost: what was in them cannot be asked for again, and a viewer who misses many numbers
 * asks for each before it asks for a picture. Nor would their number fit, as packets are cut anew.
 */
final class NumberedPackets {

    private final Consumer<RtpPacket> out;
    private int next;
    private boolean keyframe;
    private boolean anything;
    private boolean gap;

    NumberedPackets(Consumer<RtpPacket> out) {
        this.out = out;
    }

    /** Media is missing here. Several losses without a packet between them are one. */
    void leaveGap() {
        gap = anything;
    }

    /** The next packet is the first of a keyframe. */
    void beginKeyframe() {
        keyframe = true;
    }

    /** Adds a unit of any size in as many packets as it takes; the marker goes onto the last. */
    void addCut(int timestamp, boolean marker, long timeNanos, byte[] bytes, int offset, int length) {
        int end = offset + length;
        for (int at = offset; at < end; at += RtpPacket.MAX_PAYLOAD_BYTES) {
            int n = Math.min(end - at, RtpPacket.MAX_PAYLOAD_BYTES);
            add(timestamp, marker && at + n == end, timeNanos, bytes, at, n);
        }
    }

    void add(int timestamp, boolean marker, long timeNanos, byte[] bytes, int offset, int length) {
        next += gap ? 1 : 0;
        RtpPacket packet = new RtpPacket(next, timestamp, marker, keyframe, timeNanos, bytes, offset, length);
        next = next + 1 & 0xffff;
        gap = false;
        keyframe = false;
        anything = true;
        out.accept(packet);
    }
}
