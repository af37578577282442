package dev.oriel.protocol.rtcp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Puts packets one behind the other into one compound packet (RFC 3550 section 6.1): a report first, then the rest.
 *
 * <p>A writer is used for one compound packet, by one thread. It throws {@link java.nio.BufferOverflowException} when the
 * array is too small: who writes knows what is written.
 */
public final class RtcpWriter {

    private static final int MAX_REPORTS = 31;

    private final ByteBuffer out;

    /** A writer into the beginning of an array. */
    public RtcpWriter(byte[] target) {
        out = ByteBuffer.wrap(target);
    }

    /** The bytes written so far. */
    public int length() {
        return out.position();
    }

    /** Appends a packet. */
    public RtcpWriter add(RtcpPacket packet) {
        int start = out.position();
        out.putInt(0);
        int format;
        int type;
        if (packet instanceof RtcpPacket.SenderReport report) {
            out.putInt(report.senderSsrc()).putLong(report.ntpTimestamp()).putInt(report.rtpTimestamp());
            out.putInt(report.packetCount()).putInt(report.octetCount());
            format = reports(report.reports());
            type = RtcpReader.SENDER_REPORT;
        } else if (packet instanceof RtcpPacket.ReceiverReport report) {
            out.putInt(report.senderSsrc());
            format = reports(report.reports());
            type = RtcpReader.RECEIVER_REPORT;
        } else if (packet instanceof RtcpPacket.SourceDescription description) {
            format = sourceDescription(description);
            type = RtcpReader.SOURCE_DESCRIPTION;
        } else if (packet instanceof RtcpPacket.Goodbye goodbye) {
            out.putInt(goodbye.senderSsrc());
            format = 1;
            type = RtcpReader.GOODBYE;
        } else if (packet instanceof RtcpPacket.Nack nack) {
            out.putInt(nack.senderSsrc()).putInt(nack.mediaSsrc());
            lost(nack.lost());
            format = RtcpReader.GENERIC_NACK;
            type = RtcpReader.TRANSPORT_FEEDBACK;
        } else {
            format = payloadFeedback(packet);
            type = RtcpReader.PAYLOAD_FEEDBACK;
        }
        out.putInt(start, 0x8000_0000 | format << 24 | type << 16 | (out.position() - start) / 4 - 1);
        return this;
    }

    private int reports(List<ReportBlock> reports) {
        List<ReportBlock> some = reports.subList(0, Math.min(reports.size(), MAX_REPORTS));
        for (ReportBlock block : some) {
            out.putInt(block.ssrc()).putInt(block.fractionLost() << 24 | block.cumulativeLost() & 0xffffff);
            out.putInt(block.highestSequence()).putInt(block.jitter());
            out.putInt(block.lastSenderReport()).putInt(block.delaySinceSenderReport());
        }
        return some.size();
    }

    private int sourceDescription(RtcpPacket.SourceDescription description) {
        byte[] name = description.cname().getBytes(StandardCharsets.UTF_8);
        int size = Math.min(name.length, 255);
        out.putInt(description.senderSsrc());
        out.put((byte) RtcpReader.CNAME).put((byte) size).put(name, 0, size);
        do {
            out.put((byte) 0);
        } while (out.position() % 4 != 0);
        return 1;
    }

    private void lost(List<Integer> lost) {
        int i = 0;
        while (i < lost.size()) {
            int first = lost.get(i++);
            int following = 0;
            while (i < lost.size()) {
                int distance = lost.get(i) - first & 0xffff;
                if (distance < 1 || distance > 16) {
                    break;
                }
                following |= 1 << distance - 1;
                i++;
            }
            out.putShort((short) first).putShort((short) following);
        }
    }

    private int payloadFeedback(RtcpPacket packet) {
        out.putInt(packet.senderSsrc());
        if (packet instanceof RtcpPacket.PictureLoss loss) {
            out.putInt(loss.mediaSsrc());
            return RtcpReader.PICTURE_LOSS;
        }
        if (packet instanceof RtcpPacket.FullIntraRequest request) {
            out.putInt(0);
            request.mediaSsrcs().forEach(ssrc -> out.putInt(ssrc).putInt(0));
            return RtcpReader.FULL_INTRA;
        }
        throw new IllegalArgumentException(packet.getClass().getSimpleName() + " is only read, never written");
    }
}
