package dev.oriel.protocol.rtcp;

/**
 * What a receiver says about one source (RFC 3550 section 6.4.1).
 *
 * @param ssrc the source it is about
 * @param fractionLost lost since the last report, in 256ths, 0 to 255
 * @param cumulativeLost lost since the beginning, signed: duplicates count against it
 * @param highestSequence the highest sequence number received, with the count of its wraps in the upper 16 bits
 * @param jitter in ticks of the source's clock
 * @param lastSenderReport the middle of the last sender report's time, see {@link NtpTime#middle}; 0 where there was none
 * @param delaySinceSenderReport in 65536ths of a second
 */
public record ReportBlock(
        int ssrc,
        int fractionLost,
        int cumulativeLost,
        int highestSequence,
        int jitter,
        int lastSenderReport,
        int delaySinceSenderReport) {}
