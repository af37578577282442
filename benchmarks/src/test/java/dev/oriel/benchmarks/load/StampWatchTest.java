package dev.oriel.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.benchmarks.camera.FrameStamp;
import org.junit.jupiter.api.Test;

class StampWatchTest {

    private final StampWatch watch = new StampWatch();

    private void frame(int number, long sentNanos, boolean whole, long arrivedNanos) {
        byte[] payload = new byte[100];
        new FrameStamp(number, sentNanos).write(payload, 7);
        assertTrue(watch.payload(payload, 0, payload.length));
        watch.frame(whole, false, arrivedNanos);
    }

    @Test
    void frame_inTheWindow_countsWithItsLatency() {
        frame(4, 1_000, true, 2_000);
        watch.open(10);
        frame(5, 10_000, true, 3_010_000);
        frame(6, 20_000, false, 9_000_000);
        frame(8, 30_000, true, 5_030_000);

        StampWatch.Seen seen = watch.close();

        assertArrayEquals(new int[] {3000, 5000}, seen.latencies());
        assertEquals(2, seen.frames());
        assertEquals(4, seen.span());
    }

    @Test
    void frame_withoutAStamp_doesNotCount() {
        watch.open(10);
        assertFalse(watch.payload(new byte[1200], 0, 1200));
        watch.frame(true, false, 1);

        assertEquals(0, watch.close().span());
    }
}
