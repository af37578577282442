package dev.oriel.demo;

/**
 * Wall clock time for sender reports, told from monotonic time: it never jumps while the camera runs.
 *
 * @param originNanos a moment in monotonic time
 * @param originMillis the same moment in milliseconds since 1970
 */
record NtpClock(long originNanos, long originMillis) {

    private static final long SECONDS_1900_TO_1970 = 2_208_988_800L;

    /** A moment as an NTP timestamp (RFC 3550 section 4): seconds since 1900 in the high 32 bits, fraction in the low. */
    long ntp(long nowNanos) {
        long nanos = originMillis % 1000 * 1_000_000 + (nowNanos - originNanos);
        long seconds = originMillis / 1000 + Math.floorDiv(nanos, 1_000_000_000L) + SECONDS_1900_TO_1970;
        return seconds << 32 | (Math.floorMod(nanos, 1_000_000_000L) << 32) / 1_000_000_000L;
    }
}
