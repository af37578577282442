package dev.oriel.protocol.rtcp;

import java.util.List;

/** One packet out of a compound one. Sources are 32 bits, to be read as unsigned. Immutable. */
public sealed interface RtcpPacket {

    /** The source that speaks. */
    int senderSsrc();

    /**
     * A sender's clock and counters (RFC 3550 section 6.4.1).
     *
     * @param ntpTimestamp wall-clock time, see {@link NtpTime}
     * @param rtpTimestamp the same moment in ticks of the media's clock
     * @param packetCount packets sent, modulo 2^32
     * @param octetCount payload bytes sent, modulo 2^32
     */
    record SenderReport(
            int senderSsrc,
            long ntpTimestamp,
            int rtpTimestamp,
            int packetCount,
            int octetCount,
            List<ReportBlock> reports)
            implements RtcpPacket {
        public SenderReport {
            reports = List.copyOf(reports);
        }
    }

    /** A receiver's view (RFC 3550 section 6.4.2). */
    record ReceiverReport(int senderSsrc, List<ReportBlock> reports) implements RtcpPacket {
        public ReceiverReport {
            reports = List.copyOf(reports);
        }
    }

    /**
     * The name that binds the sources of one sender together (RFC 3550 section 6.5.1).
     *
     * @param cname empty where the packet has none
     */
    record SourceDescription(int senderSsrc, String cname) implements RtcpPacket {}

    /** A source leaves (RFC 3550 section 6.6). */
    record Goodbye(int senderSsrc) implements RtcpPacket {}

    /**
     * Packets are missing (RFC 4585 section 6.2.1).
     *
     * @param mediaSsrc the source they are missing from
     * @param lost sequence numbers, 0 to 65535, in the order written
     */
    record Nack(int senderSsrc, int mediaSsrc, List<Integer> lost) implements RtcpPacket {
        public Nack {
            lost = List.copyOf(lost);
        }
    }

    /** The picture is broken (RFC 4585 section 6.3.1). */
    record PictureLoss(int senderSsrc, int mediaSsrc) implements RtcpPacket {}

    /**
     * A keyframe is asked for (RFC 5104 section 4.3.1).
     *
     * @param mediaSsrcs the sources that shall send one
     */
    record FullIntraRequest(int senderSsrc, List<Integer> mediaSsrcs) implements RtcpPacket {
        public FullIntraRequest {
            mediaSsrcs = List.copyOf(mediaSsrcs);
        }
    }

    /** What the receiver takes the path to carry (draft-alvestrand-rmcat-remb-03). */
    record EstimatedBitrate(int senderSsrc, long bitsPerSecond) implements RtcpPacket {}
}
