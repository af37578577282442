package dev.oriel.protocol.rtp.arrival;

import dev.oriel.protocol.rtcp.NtpTime;
import dev.oriel.protocol.rtcp.ReportBlock;
import dev.oriel.protocol.rtcp.RtcpPacket;

/**
 * What a receiver can say about one source of RTP: the counting behind a {@link ReportBlock} (RFC 3550 section 6.4.1 and
 * appendices A.1, A.3 and A.8).
 *
 * <p>A source that begins anew, by another SSRC or by a leap of its numbers, is counted anew. Confined to one thread.
 */
public final class Reception {

    private static final int MAX_DROPOUT = 3000;
    private static final int MAX_MISORDER = 100;
    private static final int MOST_LOST = 0x7f_ffff;
    private static final long SECOND = 1_000_000_000L;

    private final int clockRateHz;
    private boolean started;
    private int ssrc;
    private int base;
    private int highest;
    private int received;
    private int expectedBefore;
    private int receivedBefore;
    private int strays;
    private int transit;
    private int jitterSixteenths;
    private int lastSenderReport;
    private long senderReportNanos;

    /** @param clockRateHz of the source's timestamps, above 0 */
    public Reception(int clockRateHz) {
        this.clockRateHz = clockRateHz;
    }

    /** Takes note of a packet, as it comes and before it is put into order. */
    public void arrived(long nowNanos, int source, int sequenceNumber, int timestamp) {
        if (!started || source != ssrc) {
            begin(source, sequenceNumber);
        }
        int ahead = (short) (sequenceNumber - highest);
        if (ahead > MAX_DROPOUT || ahead < -MAX_MISORDER) {
            strays++;
            if (strays < 2) {
                return;
            }
            begin(source, sequenceNumber);
            ahead = 0;
        }
        strays = 0;
        highest += Math.max(ahead, 0);
        int arrival = (int) (nowNanos / SECOND * clockRateHz + nowNanos % SECOND * clockRateHz / SECOND);
        int nowTransit = arrival - timestamp;
        if (received > 0) {
            int difference = Math.abs(nowTransit - transit);
            jitterSixteenths += difference - (jitterSixteenths + 8 >> 4);
        }
        received++;
        transit = nowTransit;
    }

    /** Takes note of a sender report of the source. */
    public void senderReport(long nowNanos, RtcpPacket.SenderReport report) {
        lastSenderReport = NtpTime.middle(report.ntpTimestamp());
        senderReportNanos = nowNanos;
    }

    /** Whether there is something to report. */
    public boolean hasSource() {
        return started;
    }

    /** What there is to say now; the fraction lost is of the time since this was asked last. */
    public ReportBlock report(long nowNanos) {
        int expected = highest - base + 1;
        int lost = Math.max(-MOST_LOST - 1, Math.min(expected - received, MOST_LOST));
        int expectedNow = expected - expectedBefore;
        int lostNow = expectedNow - (received - receivedBefore);
        expectedBefore = expected;
        receivedBefore = received;
        int fraction = expectedNow <= 0 || lostNow <= 0 ? 0 : (int) Math.min(255, ((long) lostNow << 8) / expectedNow);
        long delay = lastSenderReport == 0 ? 0 : Math.max(nowNanos - senderReportNanos, 0);
        int delayUnits = (int) ((delay / SECOND << 16) + (delay % SECOND << 16) / SECOND);
        return new ReportBlock(ssrc, fraction, lost, highest, jitterSixteenths >> 4, lastSenderReport, delayUnits);
    }

    private void begin(int source, int sequenceNumber) {
        if (started && source != ssrc) {
            lastSenderReport = 0;
        }
        started = true;
        ssrc = source;
        base = sequenceNumber;
        highest = sequenceNumber;
        received = 0;
        expectedBefore = 0;
        receivedBefore = 0;
        strays = 0;
        jitterSixteenths = 0;
    }
}
