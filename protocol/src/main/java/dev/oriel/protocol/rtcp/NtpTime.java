package dev.oriel.protocol.rtcp;

/** Wall-clock time as sender reports carry it: 32 bits of seconds since 1900 and 32 bits of fraction (RFC 3550 section 4). */
public final class NtpTime {

    private static final long SECONDS_1900_TO_1970 = 2_208_988_800L;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private NtpTime() {}

    /** The 64-bit timestamp of a time in nanoseconds since 1970. */
    public static long ofUnixNanos(long unixNanos) {
        long seconds = Math.floorDiv(unixNanos, NANOS_PER_SECOND) + SECONDS_1900_TO_1970;
        long fraction = (Math.floorMod(unixNanos, NANOS_PER_SECOND) << 32) / NANOS_PER_SECOND;
        return seconds << 32 | fraction;
    }

    /** The time in nanoseconds since 1970 of a 64-bit timestamp; good until 2036, when the seconds wrap. */
    public static long toUnixNanos(long ntpTimestamp) {
        long seconds = (ntpTimestamp >>> 32) - SECONDS_1900_TO_1970;
        return seconds * NANOS_PER_SECOND + ((ntpTimestamp & 0xffff_ffffL) * NANOS_PER_SECOND >>> 32);
    }

    /** The middle 32 bits, as report blocks repeat them (RFC 3550 section 6.4.1, LSR). */
    public static int middle(long ntpTimestamp) {
        return (int) (ntpTimestamp >>> 16);
    }
}
