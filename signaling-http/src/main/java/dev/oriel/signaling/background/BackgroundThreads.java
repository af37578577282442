package dev.oriel.signaling.background;

import dev.oriel.api.time.Ambient;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads of this bundle: {@code oriel-signaling-timer}, and up to four {@code oriel-signaling-work} that come and go. */
@Component(service = Background.class, property = "oriel.signaling.internal=true")
public final class BackgroundThreads implements Background {

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundThreads.class);
    private static final int WORKERS = 4;
    private static final int WAITING = 64;
    private static final long IDLE_SECONDS = 10;
    private static final long END_TIMEOUT_MILLIS = 2_000;

    private final ThreadPoolExecutor work;
    private final ScheduledThreadPoolExecutor timer;

    /** Starts each thread with its first task. */
    @Activate
    @Ambient(reason = "the one place of this bundle that makes threads")
    public BackgroundThreads() {
        work = new ThreadPoolExecutor(
                WORKERS,
                WORKERS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                daemons("oriel-signaling-work"));
        work.allowCoreThreadTimeOut(true);
        timer = new ScheduledThreadPoolExecutor(1, daemons("oriel-signaling-timer"));
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Ends the threads and drops what lies ahead. */
    @Deactivate
    public void stop() {
        timer.shutdownNow();
        work.shutdownNow();
        try {
            if (!work.awaitTermination(END_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.warn("A name is still being resolved; the thread ends when the system answers");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean start(Runnable task) {
        try {
            work.execute(() -> run(task));
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    @Override
    public Alarm after(long delayMillis, Runnable task) {
        try {
            Future<?> future = timer.schedule(() -> run(task), delayMillis, TimeUnit.MILLISECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException e) {
            LOG.trace("A task came after the end", e);
            return () -> {};
        }
    }

    @Ambient(reason = "the one place of this bundle that makes threads")
    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.error("A task in the background failed", e);
        }
    }
}
