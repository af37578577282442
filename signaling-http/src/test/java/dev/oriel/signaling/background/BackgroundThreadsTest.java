package dev.oriel.signaling.background;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackgroundThreadsTest {

    private final BackgroundThreads threads = new BackgroundThreads();

    @AfterEach
    void stop() {
        threads.stop();
    }

    @Test
    void start_andAfter_runOnThreadsOfTheirNames() throws Exception {
        CompletableFuture<String> work = new CompletableFuture<>();
        CompletableFuture<String> timer = new CompletableFuture<>();

        assertTrue(threads.start(() -> work.complete(Thread.currentThread().getName())));
        threads.after(1, () -> timer.complete(Thread.currentThread().getName()));

        assertEquals("oriel-signaling-work", work.get(5, TimeUnit.SECONDS));
        assertEquals("oriel-signaling-timer", timer.get(5, TimeUnit.SECONDS));
    }

    @Test
    void start_moreThanThereIsRoomFor_isRefused() {
        CountDownLatch end = new CountDownLatch(1);
        int taken = 0;
        while (taken < 1000 && threads.start(() -> await(end))) {
            taken++;
        }
        end.countDown();

        assertEquals(4 + 64, taken);
    }

    @Test
    void stop_tasksAhead_areDroppedAndNothingIsTakenAnyMore() {
        CompletableFuture<String> never = new CompletableFuture<>();
        threads.after(60_000, () -> never.complete("late"));

        threads.stop();

        assertFalse(threads.start(() -> never.complete("late")));
        threads.after(0, () -> never.complete("late"));
        assertFalse(never.isDone());
    }

    private static void await(CountDownLatch end) {
        try {
            end.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
