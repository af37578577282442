package dev.oriel.egress.passthrough.media;

import dev.oriel.api.viewer.ViewerStatus.Reception;
import dev.oriel.protocol.rtcp.NtpTime;
import dev.oriel.protocol.rtcp.ReportBlock;
import dev.oriel.protocol.rtcp.RtcpPacket;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads what a viewer reports about what it gets. Confined to one thread; what it learns is in the counters. */
final class ReceptionReports {

    private static final int MAX_ROUND_TRIP = 10 << 16;

    private final Counters counters;
    private final List<TrackSender> senders;
    private final long unixMinusMonotonicNanos;

    /** @param unixMinusMonotonicNanos what the wall clock, by which sender reports go, is ahead of the clock this is told */
    ReceptionReports(Counters counters, List<TrackSender> senders, long unixMinusMonotonicNanos) {
        this.counters = counters;
        this.senders = senders;
        this.unixMinusMonotonicNanos = unixMinusMonotonicNanos;
    }

    /** Takes a control packet, whatever it is. */
    void take(long nowNanos, RtcpPacket packet) {
        if (packet instanceof RtcpPacket.ReceiverReport report) {
            blocks(nowNanos, report.reports());
        } else if (packet instanceof RtcpPacket.SenderReport report) {
            blocks(nowNanos, report.reports());
        } else if (packet instanceof RtcpPacket.EstimatedBitrate estimate) {
            Reception last = counters.reception();
            counters.received(new Reception(
                    last.lossFraction(),
                    last.jitterMicros(),
                    last.roundTripMicros(),
                    OptionalLong.of(estimate.bitsPerSecond())));
        }
    }

    private void blocks(long nowNanos, List<ReportBlock> blocks) {
        List<ReportBlock> ours =
                blocks.stream().filter(b -> sender(b.ssrc()).isPresent()).toList();
        if (ours.isEmpty()) {
            return;
        }
        counters.lost(
                ours.stream().mapToLong(b -> Math.max(0, b.cumulativeLost())).sum());
        ReportBlock main = ours.stream()
                .min(Comparator.comparing(b -> !sender(b.ssrc()).orElseThrow().isVideo()))
                .orElseThrow();
        int clock = sender(main.ssrc()).orElseThrow().sent().track().clockRateHz();
        Reception last = counters.reception();
        OptionalLong roundTrip = roundTripMicros(nowNanos, main);
        counters.received(new Reception(
                main.fractionLost() / 256.0,
                (main.jitter() & 0xffff_ffffL) * 1_000_000L / clock,
                roundTrip.isPresent() ? roundTrip : last.roundTripMicros(),
                last.bitsPerSecond()));
    }

    /** RFC 3550 section 6.4.1: now, less the time of the report that is answered, less the time the viewer took over it. */
    private OptionalLong roundTripMicros(long nowNanos, ReportBlock block) {
        int now = NtpTime.middle(NtpTime.ofUnixNanos(nowNanos + unixMinusMonotonicNanos));
        int roundTrip = now - block.lastSenderReport() - block.delaySinceSenderReport();
        boolean plausible = block.lastSenderReport() != 0 && roundTrip >= 0 && roundTrip <= MAX_ROUND_TRIP;
        return plausible ? OptionalLong.of(roundTrip * 1_000_000L >> 16) : OptionalLong.empty();
    }

    private Optional<TrackSender> sender(int ssrc) {
        return senders.stream().filter(s -> s.sent().ssrc() == ssrc).findFirst();
    }
}
