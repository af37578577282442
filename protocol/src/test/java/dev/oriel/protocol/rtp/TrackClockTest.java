package dev.oriel.protocol.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrackClockTest {

    private static final long MS = 1_000_000;
    private static final int RATE = 90_000;

    @Test
    void captured_withJitter_followsTheTimestamps() {
        TrackClock clock = new TrackClock(RATE);
        Random random = new Random(1);
        long start = -5_000_000 * MS;
        int timestamp = Integer.MAX_VALUE - 100_000; // crosses the sign, and the ring below
        clock.captured(start, timestamp);
        for (int i = 1; i < 3000; i++) {
            timestamp += 3600;
            long arrival = start + i * 40 * MS + random.nextInt(30) * MS;

            long time = clock.captured(arrival, timestamp);

            assertTrue(Math.abs(time - start - i * 40 * MS) <= 6 * MS, "frame " + i);
            assertTrue(time <= arrival, "captured before it came");
        }
    }

    @Test
    void captured_backlogAtTheStart_isDatedBeforeItsArrival() {
        TrackClock clock = new TrackClock(RATE);
        for (int i = 0; i < 50; i++) {
            clock.captured(1000 * MS + i, i * 3600); // two seconds of media at once
        }

        assertEquals(1040 * MS, clock.captured(1040 * MS + 1, 50 * 3600), MS);
        assertEquals(1080 * MS, clock.captured(1085 * MS, 51 * 3600), MS);
    }

    @Test
    void captured_jump_anchorsAnew() {
        TrackClock clock = new TrackClock(RATE);
        clock.captured(0, 1000);

        assertEquals(40 * MS, clock.captured(40 * MS, 2_000_000_000));
        assertEquals(80 * MS, clock.captured(80 * MS, -5));
        assertEquals(5000 * MS, clock.captured(5000 * MS, 3595), "the camera stood still");
    }

    @Test
    void captured_slowCameraClock_staysNear() {
        TrackClock clock = new TrackClock(RATE);
        for (int i = 0; i < 500_000; i++) {
            long arrival = i * 40 * MS;
            int timestamp = (int) Math.round(i * 3600 * 0.9998); // 200 ppm slow, over five hours
            long time = clock.captured(arrival, timestamp);
            assertTrue(arrival - time < 5 * MS, "frame " + i);
        }
    }

    @Test
    void wallNanos_afterAReport_advancesWithTheTimestamp() {
        TrackClock clock = new TrackClock(8000);
        assertEquals(OptionalLong.empty(), clock.wallNanos(0));

        clock.report(7_000_000_000L, 160);

        assertEquals(OptionalLong.of(7_020_000_000L), clock.wallNanos(320));
        assertEquals(OptionalLong.of(6_980_000_000L), clock.wallNanos(0));
        assertEquals(OptionalLong.empty(), clock.offsetNanos());
        clock.captured(1_000_000_000L, 160);
        assertEquals(OptionalLong.of(-6_000_000_000L), clock.offsetNanos());
    }
}
