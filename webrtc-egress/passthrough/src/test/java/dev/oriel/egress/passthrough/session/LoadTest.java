package dev.oriel.egress.passthrough.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoadTest {

    private final Load load = new Load();
    private long now;
    private long cpu;

    /** So many seconds in which the thread works this share of the time, and is so late each time. */
    private void pass(int seconds, double busy, long lateMillis, int playing) {
        for (int i = 0; i < seconds * 5; i++) {
            long due = now + Load.TICK_NANOS;
            now = due + lateMillis * 1_000_000;
            cpu += (long) (busy * (Load.TICK_NANOS + lateMillis * 1_000_000));
            load.tick(due, now, cpu, playing);
        }
    }

    @Test
    void whyFull_untilThereIsAMeasurement_thereIsRoom() {
        assertEquals(Optional.empty(), load.whyFull(0));
        pass(1, 1, 0, 100);
        assertEquals(Optional.empty(), load.whyFull(100));
    }

    @Test
    void whyFull_threadThatHasTime_letsInAsManyAsItWillHaveTimeFor() {
        pass(3, 0.45, 0, 200);

        assertEquals(Optional.empty(), load.whyFull(100));
        assertEquals(Optional.empty(), load.whyFull(395), "those not playing yet will cost as much");
        assertTrue(load.whyFull(405).isPresent());
        assertFalse(load.isOver());
    }

    @Test
    void whyFull_busyThread_saysSoUntilItHasTimeAgain() {
        pass(3, 0.95, 0, 300);

        assertTrue(load.isOver());
        assertEquals(
                "This server can send to no more viewers: 300 watch, 95 % of its sending thread is used, and it is 0 ms late.",
                load.whyFull(300).orElseThrow());

        pass(3, 0.85, 0, 270);
        assertTrue(load.isOver(), "not with the first who leaves");
        pass(3, 0.7, 0, 220);
        assertFalse(load.isOver());
        assertEquals(Optional.empty(), load.whyFull(220));
    }

    @Test
    void whyFull_threadThatIsLateThoughItHasTime_isFullToo() {
        pass(3, 0.3, 50, 100);
        assertTrue(load.whyFull(100).isPresent());

        pass(3, 0.3, 2, 100);
        assertEquals(Optional.empty(), load.whyFull(100));
    }

    @Test
    void whyFull_fewViewersOnCodeThatIsStillCold_areLetIn() {
        pass(3, 0.97, 0, 4);
        assertEquals(Optional.empty(), load.whyFull(6));

        pass(3, 0.3, 0, 8);
        assertEquals(Optional.empty(), load.whyFull(30), "coming takes more than staying");

        pass(3, 0.97, 50, 4);
        assertTrue(load.whyFull(6).isPresent());
    }

    @Test
    void isOver_aFewPauses_areNoOverload() {
        pass(3, 0.3, 0, 100);
        for (int i = 0; i < 3; i++) {
            long due = now + Load.TICK_NANOS;
            now = due + 300_000_000;
            load.tick(due, now, cpu, 100);
        }

        assertFalse(load.isOver());
    }

    @Test
    void whyFull_platformThatCannotTellTheTimeUsed_goesByTheLateness() {
        for (int i = 0; i < 20; i++) {
            now += Load.TICK_NANOS;
            load.tick(now, now, 0, 100);
        }

        assertEquals(Optional.empty(), load.whyFull(1000));
    }
}
