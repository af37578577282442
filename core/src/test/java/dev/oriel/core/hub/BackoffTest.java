package dev.oriel.core.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.failure.CameraRefused;
import dev.oriel.api.failure.CameraUnreachable;
import dev.oriel.api.failure.RelayException;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    private static final RandomGenerator NONE = () -> 0L;
    private static final RelayException GONE = new CameraUnreachable("gone");

    @ParameterizedTest
    @CsvSource({"1,1", "2,2", "3,4", "4,8", "5,16", "6,30", "7,30", "1000000,30"})
    void delay_failuresInARow_doublesToHalfAMinute(int failures, int seconds) {
        assertEquals(seconds * 1_000_000_000L, Backoff.delayNanos(GONE, failures, Backoff.Watched.NO, NONE));
    }

    @Test
    void delay_jitter_takesOffAQuarterAtMost() {
        Random random = new Random(7);
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int i = 0; i < 10_000; i++) {
            long delay = Backoff.delayNanos(GONE, 3, Backoff.Watched.NO, random);
            least = Math.min(least, delay);
            most = Math.max(most, delay);
        }

        assertTrue(least >= 3_000_000_000L && least < 3_010_000_000L, "least " + least);
        assertTrue(most <= 4_000_000_000L && most > 3_990_000_000L, "most " + most);
    }

    @ParameterizedTest
    @CsvSource({"401,60", "403,60", "404,1", "453,5", "503,5"})
    void delay_refused_isSlowForLoginsAndBusyCameras(int status, int seconds) {
        assertEquals(
                seconds * 1_000_000_000L,
                Backoff.delayNanos(new CameraRefused(status, "refused"), 1, Backoff.Watched.NO, NONE));
    }

    @ParameterizedTest
    @CsvSource({"1,500", "2,1000", "3,1000", "1000000,1000"})
    void delay_watched_staysShort(int failures, int millis) {
        assertEquals(millis * 1_000_000L, Backoff.delayNanos(GONE, failures, Backoff.Watched.YES, NONE));
    }

    @ParameterizedTest
    @CsvSource({"401,60", "403,60", "453,5", "503,5"})
    void delay_watchedButRefused_isNotHammered(int status, int seconds) {
        assertEquals(
                seconds * 1_000_000_000L,
                Backoff.delayNanos(new CameraRefused(status, "no"), 9, Backoff.Watched.YES, NONE));
    }

    @ParameterizedTest
    @CsvSource({"2,1000", "4,1000", "5,5000"})
    void delay_watchedAndBusy_isShortWhileItMayBeBusyWithUs(int failures, int millis) {
        assertEquals(
                millis * 1_000_000L,
                Backoff.delayNanos(new CameraRefused(503, "busy"), failures, Backoff.Watched.YES, NONE));
    }
}
