package dev.oriel.core.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ClockworkTest {

    @Test
    void tasks_runOnTheOneThread_evenAfterOneFailed() throws Exception {
        Clockwork clockwork = new Clockwork();
        CompletableFuture<String> ran = new CompletableFuture<>();

        clockwork.execute(() -> {
            throw new IllegalStateException("on purpose");
        });
        clockwork.execute(() -> {
            throw new NoClassDefFoundError("on purpose");
        });
        clockwork.after(1_000_000, () -> ran.complete(Thread.currentThread().getName()));

        assertEquals("oriel-hub-timer", ran.get(5, TimeUnit.SECONDS));
        clockwork.stop();
    }

    @Test
    void stop_endsTheThread_andDropsWhatComesLater() throws Exception {
        Clockwork clockwork = new Clockwork();
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        clockwork.execute(() -> thread.complete(Thread.currentThread()));
        Thread worker = thread.get(5, TimeUnit.SECONDS);
        assertTrue(worker.isAlive());

        clockwork.stop();
        clockwork.execute(() -> thread.obtrudeException(new AssertionError("ran after the end")));
        clockwork
                .after(0, () -> thread.obtrudeException(new AssertionError("ran after the end")))
                .cancel();

        worker.join(5_000);
        assertFalse(worker.isAlive());
        assertEquals(worker, thread.get());
    }
}
