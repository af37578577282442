package dev.oriel.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NtpClockTest {

    @ParameterizedTest
    @CsvSource({
        "0,             0,      83aa7e80 00000000",
        "500_000_000,   0,      83aa7e80 80000000",
        "1_500_000_000, 0,      83aa7e81 80000000",
        "0,             250,    83aa7e80 40000000",
        "750_000_000,   250,    83aa7e81 00000000",
        "-250_000_000,  0,      83aa7e7f c0000000",
        "0,             86_400_000, 83abd000 00000000",
    })
    void ntp_someTimeAfterOrigin_countsFrom1900(String afterNanos, String originMillis, String expected) {
        NtpClock clock = new NtpClock(7, Long.parseLong(originMillis.replace("_", "")));

        long ntp = clock.ntp(7 + Long.parseLong(afterNanos.replace("_", "")));

        assertEquals(expected.replace(" ", ""), String.format("%016x", ntp));
    }
}
