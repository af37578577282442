package dev.oriel.protocol.rtp.arrival;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.protocol.rtp.SequenceTracker;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReorderBufferTest {

    private static final long MS = 1_000_000;

    private final List<Integer> out = new ArrayList<>();
    private final List<Long> arrivals = new ArrayList<>();
    private final ReorderBuffer buffer = new ReorderBuffer((arrived, bytes, offset, length) -> {
        out.add((bytes[offset] & 0xff) << 8 | bytes[offset + 1] & 0xff);
        arrivals.add(arrived);
    });

    private void take(long now, int number, int ssrc) {
        int sequence = number & 0xffff;
        buffer.receive(now, sequence, ssrc, new byte[] {(byte) (sequence >> 8), (byte) sequence}, 0, 2);
    }

    @Test
    void receive_neighboursSwapped_arePutInOrderAtEveryNumber() {
        for (int first = 0; first < 65_536; first++) {
            out.clear();
            int source = first;
            for (int step : new int[] {0, 2, 1, 3}) {
                take(0, first + step, source);
            }
            assertEquals(
                    IntStream.range(first, first + 4).mapToObj(n -> n & 0xffff).toList(), out);
            assertTrue(buffer.deadlineNanos().isEmpty());
        }
    }

    @Test
    void receive_gap_isWaitedForAsLongAsSaid() {
        take(0, 1, 7);
        take(10 * MS, 3, 7);
        take(20 * MS, 5, 7);
        assertEquals(
                10 * MS + ReorderBuffer.MAX_WAIT_NANOS, buffer.deadlineNanos().orElseThrow());

        buffer.wake(10 * MS + ReorderBuffer.MAX_WAIT_NANOS - 1);
        assertEquals(List.of(1), out);
        buffer.wake(10 * MS + ReorderBuffer.MAX_WAIT_NANOS);
        assertEquals(List.of(1, 3), out);
        assertEquals(
                20 * MS + ReorderBuffer.MAX_WAIT_NANOS, buffer.deadlineNanos().orElseThrow());
    }

    @Test
    void receive_whateverWaited_keepsTheTimeOfItsArrival() {
        take(0, 1, 7);
        take(10 * MS, 3, 7);
        take(30 * MS, 2, 7);
        take(40 * MS, 6, 7);
        buffer.wake(40 * MS + ReorderBuffer.MAX_WAIT_NANOS);

        assertEquals(List.of(1, 2, 3, 6), out);
        assertEquals(List.of(0L, 30 * MS, 10 * MS, 40 * MS), arrivals);
    }

    @Test
    void receive_farAhead_lossIsNotWaitedFor() {
        take(0, 1, 7);
        take(0, 3, 7);
        take(0, 1 + 1 + ReorderBuffer.MAX_PACKETS, 7);
        assertEquals(List.of(1, 3), out);
        take(0, 30_000, 7);
        assertEquals(List.of(1, 3, 66, 30_000), out);
    }

    @Test
    void receive_anotherSource_beginsAnewWithNothingLost() {
        take(0, 10, 7);
        take(0, 12, 7);
        take(0, 5, 8);
        take(0, 6, 8);

        assertEquals(List.of(10, 12, 5, 6), out);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void receive_lossAndDisorder_losesNothingThatCame(long seed) {
        Random random = new Random(seed);
        List<int[]> sent = new ArrayList<>();
        int start = random.nextInt(65_536);
        for (int i = 0; i < 20_000; i++) {
            if (i == 0 || random.nextInt(100) >= 10) {
                // Ten packets a millisecond late at most, but for one in a hundred, which is doubled as well.
                sent.add(new int[] {i * 5 + (i == 0 ? 0 : random.nextInt(50)), start + i});
                if (random.nextInt(100) == 0) {
                    sent.add(new int[] {i * 5 + random.nextInt(50), start + i});
                }
            }
        }
        sent.sort((a, b) -> Integer.compare(a[0], b[0]));
        for (int[] packet : sent) {
            long now = packet[0] * MS;
            while (buffer.deadlineNanos().isPresent() && buffer.deadlineNanos().getAsLong() <= now) {
                buffer.wake(buffer.deadlineNanos().getAsLong());
            }
            take(now, packet[1], 7);
        }
        buffer.wake(Long.MAX_VALUE / 2);

        List<Integer> inOrder = sent.stream()
                .map(p -> p[1])
                .distinct()
                .sorted()
                .map(n -> n & 0xffff)
                .toList();
        SequenceTracker tracker = new SequenceTracker();
        List<Integer> told = out.stream()
                .filter(n -> tracker.arrived(n, 7) != SequenceTracker.Arrival.OLD)
                .toList();
        assertEquals(inOrder, told, () -> "seed " + seed);
    }
}
