package dev.oriel.protocol.rtsp.client;

/**
 * Tells when a camera that plays has fallen silent: when no RTP has come for {@link #SILENCE_NANOS}, or no picture for
 * {@link #STANDSTILL_NANOS} while sound goes on. Reports without media are no life.
 *
 * <p>Cameras that send a picture every few seconds have four of their own intervals, up to {@link #MAX_NANOS}.
 */
final class MediaWatch {

    /** How long nothing at all may come. */
    static final long SILENCE_NANOS = 10_000_000_000L;

    /** How long the picture may stand still beside sound that goes on. */
    static final long STANDSTILL_NANOS = 20_000_000_000L;

    /** How long either may be for a camera that is slow by habit. */
    static final long MAX_NANOS = 60_000_000_000L;

    private static final int INTERVALS = 4;

    private boolean watchesPicture;
    private boolean sawPicture;
    private int timestamp;
    private long lastMediaNanos;
    private long lastPictureNanos;
    private long intervalNanos;

    /** Media is due from now on. */
    void begin(long nowNanos, boolean hasPicture) {
        watchesPicture = hasPicture;
        lastMediaNanos = nowNanos;
        lastPictureNanos = nowNanos;
    }

    void sound(long nowNanos) {
        lastMediaNanos = nowNanos;
    }

    /** A packet of the picture, with its RTP timestamp: a camera whose timestamps stand still is as alive as others. */
    void picture(long nowNanos, int rtpTimestamp) {
        boolean another = !sawPicture || rtpTimestamp != timestamp;
        if (another && sawPicture) {
            // The widest lately; a single stall is forgotten after some pictures.
            intervalNanos = Math.max(nowNanos - lastPictureNanos, intervalNanos - intervalNanos / 8);
        }
        sawPicture = true;
        timestamp = rtpTimestamp;
        lastMediaNanos = nowNanos;
        lastPictureNanos = nowNanos;
    }

    long deadlineNanos() {
        long silence = silenceNanos();
        long standstill = lastPictureNanos + Math.max(STANDSTILL_NANOS, habitNanos());
        return watchesPicture && standstill - silence < 0 ? standstill : silence;
    }

    /** What is wrong at the deadline, behind the name of the camera. */
    String verdict(long nowNanos) {
        boolean silent = nowNanos - silenceNanos() >= 0;
        long seconds = (nowNanos - (silent ? lastMediaNanos : lastPictureNanos)) / 1_000_000_000L;
        return silent
                ? "has sent no media for " + seconds + " s"
                : "goes on with its sound, but has sent no picture for " + seconds + " s";
    }

    private long silenceNanos() {
        return lastMediaNanos + Math.max(SILENCE_NANOS, habitNanos());
    }

    private long habitNanos() {
        return INTERVALS * Math.min(intervalNanos, MAX_NANOS / INTERVALS);
    }
}
