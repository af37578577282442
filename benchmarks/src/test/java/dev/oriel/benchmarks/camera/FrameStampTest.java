package dev.oriel.benchmarks.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameStampTest {

    private static final SyntheticVideo VIDEO = new SyntheticVideo(4);

    @Test
    void find_afterAnyBytesInFront_isWhatWasWritten() {
        Random random = new Random(3);
        for (int before = 0; before <= 16; before++) {
            FrameStamp stamp = new FrameStamp(random.nextInt() & 0x7fff_ffff, random.nextLong());
            byte[] payload = new byte[200];
            payload[0] = 0x41;
            stamp.write(payload, 5 + before);

            assertEquals(Optional.of(stamp), FrameStamp.find(payload, 5, 195), "behind " + before);
        }
    }

    @Test
    void find_inTheLastPartOfAnAggregate_isFound() {
        FrameStamp stamp = new FrameStamp(7, 123_456_789L);
        byte[] nal = new byte[60];
        nal[0] = 0x65;
        stamp.write(nal, 6);
        byte[] payload = ByteBuffer.allocate(100)
                .put((byte) 0x78)
                .putShort((short) 30)
                .put(new byte[30])
                .putShort((short) nal.length)
                .put(nal)
                .array();

        assertEquals(Optional.of(stamp), FrameStamp.find(payload, 0, 95));
    }

    @Test
    void find_whereThereIsNone_isEmpty() {
        assertEquals(Optional.empty(), FrameStamp.find(new byte[1200], 0, 1200));
        assertEquals(Optional.empty(), FrameStamp.find(new byte[3], 0, 3));
    }

    @Test
    void slice_hasNoStartCodeAndTheBitrate() {
        long bytes = 0;
        for (int n = 0; n < VIDEO.groupFrames(); n++) {
            byte[] slice = VIDEO.slice(new FrameStamp(n, -1L << n % 60));
            bytes += slice.length;
            for (int i = 2; i < slice.length; i++) {
                assertFalse(slice[i - 2] == 0 && slice[i - 1] == 0 && (slice[i] & 0xff) <= 3, n + " at " + i);
            }
        }
        double megabits = bytes * 8e-6 / VIDEO.groupSeconds();
        assertTrue(Math.abs(megabits - 3) < 0.1, megabits + " Mbit/s");
    }
}
