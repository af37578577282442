package dev.oriel.core.time;

import dev.oriel.api.time.Ambient;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The timeline of this machine: one thread, {@code oriel-hub-timer}, for all of this bundle.
 *
 * <p>Media never passes through it, so a late task delays a retry or a refusal and nothing else.
 */
@Component(service = Timeline.class, property = "oriel.core.internal=true")
public final class Clockwork implements Timeline {

    private static final Logger LOG = LoggerFactory.getLogger(Clockwork.class);
    private static final long END_TIMEOUT_MILLIS = 2_000;

    private final ScheduledThreadPoolExecutor executor;
    private final RandomGenerator jitter;

    /** Starts the thread with the first task. */
    @Activate
    @Ambient(reason = "the one place of this bundle that makes a thread, reads the clock and draws randomness")
    public Clockwork() {
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "oriel-hub-timer");
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        jitter = new Random(System.nanoTime());
    }

    /** Ends the thread and drops what lies ahead. */
    @Deactivate
    public void stop() {
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(END_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.warn("The hub's timer is held up by a task and ends when that returns");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    @Ambient(reason = "the clock of this bundle")
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void execute(Runnable task) {
        try {
            executor.execute(() -> run(task));
        } catch (RejectedExecutionException e) {
            LOG.trace("A task came after the end", e);
        }
    }

    @Override
    public Alarm after(long delayNanos, Runnable task) {
        try {
            Future<?> future = executor.schedule(() -> run(task), delayNanos, TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException e) {
            LOG.trace("A task came after the end", e);
            return () -> {};
        }
    }

    @Override
    public RandomGenerator jitter() {
        return jitter;
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.error("A task of the hub's timer failed", e);
        }
    }
}
