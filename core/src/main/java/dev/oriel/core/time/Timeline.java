package dev.oriel.core.time;

import dev.oriel.api.time.Ticker;
import java.util.random.RandomGenerator;

/**
 * The clock this bundle lives by, and what shall happen on it; in tests one whose time is told.
 *
 * <p>Tasks run one at a time. Once the timeline has ended, tasks are dropped without a word. Safe on any thread.
 */
public interface Timeline extends Ticker {

    /** Runs a task soon. */
    void execute(Runnable task);

    /** Runs a task after a delay, unless it is called off before. */
    Alarm after(long delayNanos, Runnable task);

    /** What spreads out things that would otherwise happen all at once; safe on any thread. */
    RandomGenerator jitter();

    /** A task that lies ahead. */
    @FunctionalInterface
    interface Alarm {

        /** Calls the task off; idempotent, and without effect once it has begun. */
        void cancel();
    }
}
