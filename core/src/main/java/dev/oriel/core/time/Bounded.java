package dev.oriel.core.time;

import dev.oriel.api.failure.NoEngine;
import dev.oriel.api.failure.RelayException;
import dev.oriel.core.time.Timeline.Alarm;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A wait with an end: somebody else's answer, or a failure once time is up. */
public final class Bounded {

    private Bounded() {}

    /**
     * The outcome of a stage, if it comes in time.
     *
     * @param late the failure once time is up
     * @param disposal what becomes of an answer nobody waits for any more
     */
    public static <T> CompletableFuture<T> within(
            Timeline timeline,
            long timeoutNanos,
            CompletionStage<T> stage,
            RelayException late,
            Consumer<? super T> disposal) {
        CompletableFuture<T> outcome = new CompletableFuture<>();
        Alarm alarm = timeline.after(Math.max(timeoutNanos, 0), () -> outcome.completeExceptionally(late));
        stage.whenComplete((value, failure) -> {
            alarm.cancel();
            if (failure != null) {
                outcome.completeExceptionally(failure);
            } else if (value == null) {
                outcome.completeExceptionally(new NoEngine("A part of this system answered with nothing."));
            } else if (!outcome.complete(value)) {
                disposal.accept(value);
            }
        });
        return outcome;
    }
}
