package dev.oriel.demo;

import dev.oriel.protocol.rtsp.InterleavedFrame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * One track of one session as it goes out: numbers its RTP packets (RFC 3550 section 5.1), puts them into interleaved
 * frames, and reports on them (section 6.4.1). Confined to one thread.
 */
final class RtpStream {

    private static final int RTP_HEADER_BYTES = 12;
    private static final int SENDER_REPORT_BYTES = 28;
    private static final int RTCP_SENDER_REPORT = 200;
    private static final int RTCP_SOURCE_DESCRIPTION = 202;
    private static final int RTCP_BYE = 203;
    private static final int CNAME_ITEM = 1;
    private static final byte[] CNAME = "oriel-demo".getBytes(StandardCharsets.US_ASCII);

    private final int channel;
    private final int payloadType;
    private final int ssrc;
    private final int firstTimestamp;
    private final Consumer<ByteBuffer> out;
    private short sequenceNumber;
    private int packets;
    private int octets;

    /**
     * A track that has sent nothing yet.
     *
     * @param channel of its packets on the RTSP connection; its reports go to the next one
     * @param payloadType 0 to 127
     * @param out is given whole interleaved frames
     */
    RtpStream(int channel, int payloadType, RandomGenerator random, Consumer<ByteBuffer> out) {
        this.channel = channel;
        this.payloadType = payloadType;
        this.ssrc = random.nextInt();
        this.firstTimestamp = random.nextInt();
        this.sequenceNumber = (short) random.nextInt();
        this.out = out;
    }

    /** The source of the packets. */
    int ssrc() {
        return ssrc;
    }

    /** What the next packet is numbered, 0 to 65535. */
    int nextSequenceNumber() {
        return sequenceNumber & 0xffff;
    }

    /** The timestamp on the wire of something so many ticks after the start. */
    int timestamp(long ticks) {
        return firstTimestamp + (int) ticks;
    }

    /**
     * Sends one packet.
     *
     * @param ticks of the track's clock since the start
     * @param marker 1 on the last packet of a picture, else 0
     * @param prefix bytes in front of the payload; may be empty
     */
    void send(long ticks, int marker, byte[] prefix, byte[] payload, int offset, int length) {
        int bytes = RTP_HEADER_BYTES + prefix.length + length;
        ByteBuffer frame = ByteBuffer.allocate(InterleavedFrame.HEADER_BYTES + bytes);
        InterleavedFrame.putHeader(frame, channel, bytes);
        frame.put((byte) 0x80)
                .put((byte) (marker << 7 | payloadType))
                .putShort(sequenceNumber)
                .putInt(timestamp(ticks))
                .putInt(ssrc)
                .put(prefix)
                .put(payload, offset, length);
        sequenceNumber++;
        packets++;
        octets += prefix.length + length;
        out.accept(frame.flip());
    }

    /**
     * Sends a sender report with the name all tracks of this camera share, so that sound and picture can be matched.
     *
     * @param ticks of the track's clock since the start, at this moment
     * @param ntp this moment as a 64 bit NTP timestamp
     */
    void report(long ticks, long ntp) {
        int description = 4 + 4 + 2 + CNAME.length + 1;
        int padding = -description & 3;
        int bytes = SENDER_REPORT_BYTES + description + padding;
        ByteBuffer frame = ByteBuffer.allocate(InterleavedFrame.HEADER_BYTES + bytes);
        InterleavedFrame.putHeader(frame, channel + 1, bytes);
        rtcpHeader(frame, 0, RTCP_SENDER_REPORT, SENDER_REPORT_BYTES);
        frame.putInt(ssrc).putLong(ntp).putInt(timestamp(ticks)).putInt(packets).putInt(octets);
        rtcpHeader(frame, 1, RTCP_SOURCE_DESCRIPTION, description + padding);
        frame.putInt(ssrc).put((byte) CNAME_ITEM).put((byte) CNAME.length).put(CNAME);
        frame.position(frame.limit());
        out.accept(frame.flip());
    }

    /** Says that no more packets come (RFC 3550 section 6.6). */
    void bye() {
        ByteBuffer frame = ByteBuffer.allocate(InterleavedFrame.HEADER_BYTES + 8);
        InterleavedFrame.putHeader(frame, channel + 1, 8);
        rtcpHeader(frame, 1, RTCP_BYE, 8);
        frame.putInt(ssrc);
        out.accept(frame.flip());
    }

    private static void rtcpHeader(ByteBuffer frame, int count, int type, int bytes) {
        frame.put((byte) (0x80 | count)).put((byte) type).putShort((short) (bytes / 4 - 1));
    }
}
