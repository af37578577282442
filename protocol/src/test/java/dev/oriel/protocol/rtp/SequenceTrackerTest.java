package dev.oriel.protocol.rtp;

import static dev.oriel.protocol.rtp.SequenceTracker.Arrival.AFTER_GAP;
import static dev.oriel.protocol.rtp.SequenceTracker.Arrival.NEXT;
import static dev.oriel.protocol.rtp.SequenceTracker.Arrival.OLD;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SequenceTrackerTest {

    @Test
    void distance_allNeighbours_isOne() {
        for (int i = 0; i < 65_536; i++) {
            assertEquals(1, SequenceTracker.distance(i + 1 & 0xffff, i));
            assertEquals(-1, SequenceTracker.distance(i, i + 1 & 0xffff));
            assertEquals(0, SequenceTracker.distance(i, i));
            assertEquals(32_767, SequenceTracker.distance(i + 32_767 & 0xffff, i));
            assertEquals(-32_768, SequenceTracker.distance(i + 32_768 & 0xffff, i));
        }
    }

    @Test
    void arrived_aroundTheRing_isAlwaysNext() {
        SequenceTracker tracker = new SequenceTracker();
        for (int i = 60_000; i < 60_000 + 65_536 * 2; i++) {
            assertEquals(NEXT, tracker.arrived(i & 0xffff, 1));
        }
        assertEquals(0, tracker.lost());
    }

    @Test
    void arrived_lossLatenessAndRestart_areTold() {
        SequenceTracker tracker = new SequenceTracker();

        assertEquals(NEXT, tracker.arrived(65_534, 1));
        assertEquals(AFTER_GAP, tracker.arrived(1, 1));
        assertEquals(2, tracker.lost());
        assertEquals(OLD, tracker.arrived(1, 1));
        assertEquals(OLD, tracker.arrived(65_535, 1));
        assertEquals(NEXT, tracker.arrived(2, 1));
        assertEquals(AFTER_GAP, tracker.arrived(30_000, 2), "another source");
        assertEquals(AFTER_GAP, tracker.arrived(10, 2), "far back: begun anew");
    }

    @Test
    void arrived_onlyOldOnes_areBelievedInTheEnd() {
        SequenceTracker tracker = new SequenceTracker();
        tracker.arrived(500, 1);
        int dropped = 0;
        int at = 10;
        while (tracker.arrived(at, 1) == OLD) {
            dropped++;
            at++;
        }

        assertEquals(32, dropped);
        assertEquals(NEXT, tracker.arrived(at + 1, 1));
    }
}
