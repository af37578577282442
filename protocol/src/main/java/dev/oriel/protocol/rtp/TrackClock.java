package dev.oriel.protocol.rtp;

import java.util.OptionalLong;

/**
 * The way from a track's RTP timestamps to the clock that all tracks of the process share.
 *
 * <p>The packet that has come fastest anchors the timestamps to the time of its arrival: media that comes in a burst was
 * captured before, and none was captured after it arrived. The anchor moves along with a camera whose clock is slow, by at
 * most a thousandth; where timestamps jump by more than {@link #MAX_DRIFT_NANOS} it is set anew.
 *
 * <p>Sender reports (RFC 3550 section 6.4.1) of two tracks tell how their timestamps belong together; then the second
 * follows the first. Confined to one thread.
 */
final class TrackClock {

    /** How far behind its arrival media may be, or ahead of what came before, to be believed. */
    static final long MAX_DRIFT_NANOS = 2_000_000_000L;

    private static final long SECOND = 1_000_000_000L;
    private static final long SLOWEST = 1000;

    private final int rateHz;
    private boolean anchored;
    private int anchorTimestamp;
    private long anchorTime;
    private long lastArrival;

    private boolean reported;
    private int reportTimestamp;
    private long reportNanos;

    /** @param rateHz ticks per second, above 0 */
    TrackClock(int rateHz) {
        this.rateHz = rateHz;
    }

    /** When the media of a packet was captured, as its arrival tells. */
    long captured(long nowNanos, int timestamp) {
        long time = anchorTime + nanos(timestamp - anchorTimestamp);
        long late = nowNanos - time;
        if (!anchored || late > MAX_DRIFT_NANOS) {
            time = nowNanos;
        } else {
            // Ahead of its arrival it cannot be: then late is below 0, and brings it back.
            time += Math.min(late, Math.max(nowNanos - lastArrival, 0) / SLOWEST);
        }
        // Moved along, so that the difference stays far from half of the timestamp's ring.
        anchorTimestamp = timestamp;
        anchorTime = time;
        anchored = true;
        lastArrival = nowNanos;
        return time;
    }

    /**
     * Takes a sender report.
     *
     * @param wallNanos the sender's wall clock
     * @param timestamp the same moment as RTP timestamp
     */
    void report(long wallNanos, int timestamp) {
        reported = true;
        reportNanos = wallNanos;
        reportTimestamp = timestamp;
    }

    /** What the sender's wall clock said at a timestamp; absent without a report. */
    OptionalLong wallNanos(int timestamp) {
        return reported ? OptionalLong.of(reportNanos + nanos(timestamp - reportTimestamp)) : OptionalLong.empty();
    }

    /** How far the shared clock is ahead of the sender's wall clock; absent without a report or packets. */
    OptionalLong offsetNanos() {
        return reported && anchored
                ? OptionalLong.of(anchorTime - reportNanos - nanos(anchorTimestamp - reportTimestamp))
                : OptionalLong.empty();
    }

    private long nanos(int ticks) {
        return ticks * SECOND / rateHz;
    }
}
