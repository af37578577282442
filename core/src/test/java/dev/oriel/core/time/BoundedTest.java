package dev.oriel.core.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.failure.CameraUnreachable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class BoundedTest {

    private final VirtualTimeline timeline = new VirtualTimeline();
    private final CameraUnreachable late = new CameraUnreachable("late");
    private final List<String> disposed = new ArrayList<>();
    private final CompletableFuture<String> answer = new CompletableFuture<>();
    private final CompletableFuture<String> outcome =
            Bounded.within(timeline, 1_000_000_000L, answer, late, disposed::add);

    @Test
    void answer_inTime_isTheOutcomeAndLeavesNoAlarm() throws Exception {
        answer.complete("here");

        assertEquals("here", outcome.get());
        assertEquals(0, timeline.pending());
    }

    @Test
    void answer_tooLate_isDisposedOf() {
        timeline.advanceMillis(999);
        assertFalse(outcome.isDone());
        timeline.advanceMillis(1);

        answer.complete("here");

        assertSame(late, assertThrows(ExecutionException.class, outcome::get).getCause());
        assertEquals(List.of("here"), disposed);
    }

    @Test
    void answer_nothing_isAFailure() {
        answer.complete(null);

        assertTrue(outcome.isCompletedExceptionally());
    }
}
