package dev.oriel.protocol.rtcp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads compound RTCP packets (RFC 3550 section 6.1), plain or of reduced size (RFC 5506).
 *
 * <p>What is known and whole is told; packets of other types are passed over; from the first broken length on nothing is
 * read. So bytes of a stranger cost at most their own length, and never an exception.
 */
public final class RtcpReader {

    static final int SENDER_REPORT = 200;
    static final int RECEIVER_REPORT = 201;
    static final int SOURCE_DESCRIPTION = 202;
    static final int GOODBYE = 203;
    static final int TRANSPORT_FEEDBACK = 205;
    static final int PAYLOAD_FEEDBACK = 206;

    static final int GENERIC_NACK = 1;
    static final int PICTURE_LOSS = 1;
    static final int FULL_INTRA = 4;
    static final int APPLICATION_LAYER = 15;

    static final int REPORT_BLOCK_BYTES = 24;
    static final int CNAME = 1;

    private static final int REMB = 0x52454d42;
    private static final int MAX_LOST = 1024;

    private RtcpReader() {}

    /** The packets in a part of an array, in order; empty if there is none. */
    public static List<RtcpPacket> read(byte[] bytes, int offset, int length) {
        List<RtcpPacket> packets = new ArrayList<>(4);
        ByteBuffer all = ByteBuffer.wrap(bytes, offset, length).slice();
        while (all.remaining() >= 4) {
            int start = all.position();
            int first = all.get(start) & 0xff;
            int size = ((all.getShort(start + 2) & 0xffff) + 1) * 4;
            if (first >> 6 != 2 || size > all.remaining()) {
                break;
            }
            int padding = (first & 0x20) == 0 ? 0 : all.get(start + size - 1) & 0xff;
            if (padding <= size - 4) {
                one(first & 0x1f, all.get(start + 1) & 0xff, all.slice(start + 4, size - 4 - padding), packets);
            }
            all.position(start + size);
        }
        return packets;
    }

    private static void one(int count, int type, ByteBuffer body, List<RtcpPacket> packets) {
        if (body.remaining() < 4) {
            return;
        }
        switch (type) {
            case SENDER_REPORT -> senderReport(count, body, packets);
            case RECEIVER_REPORT -> packets.add(new RtcpPacket.ReceiverReport(body.getInt(), reports(count, body)));
            case SOURCE_DESCRIPTION -> sourceDescription(count, body, packets);
            case GOODBYE -> {
                for (int i = 0; i < count && body.remaining() >= 4; i++) {
                    packets.add(new RtcpPacket.Goodbye(body.getInt()));
                }
            }
            case TRANSPORT_FEEDBACK -> {
                if (count == GENERIC_NACK && body.remaining() >= 8) {
                    packets.add(new RtcpPacket.Nack(body.getInt(), body.getInt(), lost(body)));
                }
            }
            case PAYLOAD_FEEDBACK -> payloadFeedback(count, body, packets);
            default -> {
                // Extended reports and application packets tell nothing that is used here.
            }
        }
    }

    private static void senderReport(int count, ByteBuffer body, List<RtcpPacket> packets) {
        if (body.remaining() >= 24) {
            packets.add(new RtcpPacket.SenderReport(
                    body.getInt(), body.getLong(), body.getInt(), body.getInt(), body.getInt(), reports(count, body)));
        }
    }

    private static List<ReportBlock> reports(int count, ByteBuffer body) {
        List<ReportBlock> reports = new ArrayList<>(count);
        for (int i = 0; i < count && body.remaining() >= REPORT_BLOCK_BYTES; i++) {
            int ssrc = body.getInt();
            int loss = body.getInt();
            reports.add(new ReportBlock(
                    ssrc, loss >>> 24, loss << 8 >> 8, body.getInt(), body.getInt(), body.getInt(), body.getInt()));
        }
        return reports;
    }

    private static void sourceDescription(int count, ByteBuffer body, List<RtcpPacket> packets) {
        for (int i = 0; i < count && body.remaining() >= 4; i++) {
            int ssrc = body.getInt();
            String cname = "";
            while (body.hasRemaining()) {
                int item = body.get() & 0xff;
                if (item == 0) {
                    // A chunk is filled up to a multiple of four bytes.
                    body.position(Math.min(body.limit(), body.position() + 3 & ~3));
                    break;
                }
                int size = body.hasRemaining() ? body.get() & 0xff : 0;
                byte[] text = new byte[Math.min(size, body.remaining())];
                body.get(text);
                if (item == CNAME) {
                    cname = new String(text, StandardCharsets.UTF_8);
                }
            }
            packets.add(new RtcpPacket.SourceDescription(ssrc, cname));
        }
    }

    private static List<Integer> lost(ByteBuffer body) {
        List<Integer> lost = new ArrayList<>();
        while (body.remaining() >= 4 && lost.size() < MAX_LOST) {
            int first = body.getShort() & 0xffff;
            int following = body.getShort() & 0xffff;
            lost.add(first);
            for (int i = 0; i < 16; i++) {
                if ((following >> i & 1) != 0) {
                    lost.add(first + i + 1 & 0xffff);
                }
            }
        }
        return lost;
    }

    private static void payloadFeedback(int format, ByteBuffer body, List<RtcpPacket> packets) {
        if (body.remaining() < 8) {
            return;
        }
        int sender = body.getInt();
        int media = body.getInt();
        if (format == PICTURE_LOSS) {
            packets.add(new RtcpPacket.PictureLoss(sender, media));
        } else if (format == FULL_INTRA) {
            List<Integer> sources = new ArrayList<>();
            while (body.remaining() >= 8) {
                sources.add(body.getInt());
                body.getInt();
            }
            packets.add(new RtcpPacket.FullIntraRequest(sender, sources));
        } else if (format == APPLICATION_LAYER && body.remaining() >= 8 && body.getInt() == REMB) {
            int rate = body.getInt();
            int exponent = rate >> 18 & 0x3f;
            long bits = (long) (rate & 0x3ffff) << Math.min(exponent, 44);
            packets.add(new RtcpPacket.EstimatedBitrate(sender, bits));
        }
    }
}
