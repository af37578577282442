package dev.oriel.api.media;

import java.nio.ByteBuffer;

/**
 * A read-only window on the payload of one RTP packet (RFC 3550), shared by everyone who watches.
 *
 * <p>Packets that reach a {@link MediaSink} are in the form a viewer can take: payload at most {@link #MAX_PAYLOAD_BYTES},
 * neither padding, contributing sources nor header extensions; H.264 in packetization mode 1 with the parameter sets in
 * front of each keyframe, as packets of the same timestamp. Sequence numbers have no gap but where media was lost on the
 * way. Payload type and synchronisation source are not kept: each viewer has its own.
 *
 * <p>Immutable, and safe on any thread: whoever makes a packet gives the array away and never writes to it again.
 */
public final class RtpPacket {

    /** The most payload bytes a packet has, so that it fits the smallest path with SRTP, UDP, IPv6 and a relay around it. */
    public static final int MAX_PAYLOAD_BYTES = 1200;

    private final byte[] bytes;
    private final int offset;
    private final int length;
    private final int sequenceNumber;
    private final int timestamp;
    private final boolean marker;
    private final boolean keyframeStart;
    private final long timeNanos;

    /**
     * A packet over bytes that are not changed any more.
     *
     * @param sequenceNumber 0 to 65535
     * @param timestamp 32 bits in the track's clock, unsigned
     * @param marker the marker bit: the last packet of a picture, or the first after a pause in sound
     * @param keyframeStart whether a decoder can start with this packet
     * @param timeNanos when the media was captured, on the clock that all tracks of this process share
     */
    public RtpPacket(
            int sequenceNumber,
            int timestamp,
            boolean marker,
            boolean keyframeStart,
            long timeNanos,
            byte[] bytes,
            int offset,
            int length) {
        if (offset < 0 || length < 0 || offset > bytes.length - length) {
            throw new IndexOutOfBoundsException("payload " + offset + "+" + length + " in " + bytes.length + " bytes");
        }
        this.sequenceNumber = sequenceNumber & 0xffff;
        this.timestamp = timestamp;
        this.marker = marker;
        this.keyframeStart = keyframeStart;
        this.timeNanos = timeNanos;
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
    }

    /** 0 to 65535, one more than that of the packet before, but where media was lost. */
    public int sequenceNumber() {
        return sequenceNumber;
    }

    /** The RTP timestamp, 32 bits, to be read as unsigned, in the track's clock. */
    public int timestamp() {
        return timestamp;
    }

    /** The marker bit (RFC 6184 section 5.1, RFC 3551 section 4.1). */
    public boolean marker() {
        return marker;
    }

    /** Whether a decoder can start here: the first packet of a keyframe, parameter sets included. False for sound. */
    public boolean startsKeyframe() {
        return keyframeStart;
    }

    /** When the media was captured, in nanoseconds on the monotonic clock all tracks of this process share. */
    public long timeNanos() {
        return timeNanos;
    }

    /** The number of payload bytes. */
    public int payloadLength() {
        return length;
    }

    /** One payload byte. */
    public byte payloadAt(int index) {
        if (index < 0 || index >= length) {
            throw new IndexOutOfBoundsException(index);
        }
        return bytes[offset + index];
    }

    /** The payload, read-only. */
    public ByteBuffer payload() {
        return ByteBuffer.wrap(bytes, offset, length).slice().asReadOnlyBuffer();
    }

    /** Copies the whole payload into {@code target} and returns its length. */
    public int copyPayload(byte[] target, int at) {
        System.arraycopy(bytes, offset, target, at, length);
        return length;
    }
}
