package dev.oriel.ingest.rtsp;

import dev.oriel.api.time.Ambient;
import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * The threads of this bundle, and what else it takes from its surroundings: two event loops, and at most two threads that
 * look up host names, gone when there is nothing to look up.
 *
 * <p>The loops stand alone instead of in a Netty group: a group tells its end through Netty's global executor, whose thread
 * would outlive the bundle.
 */
@Ambient(reason = "the one place of this bundle that makes threads and randomness")
final class IngestThreads implements AutoCloseable {

    /** Why {@link #names} has refused, behind the name of the camera. */
    static final String TOO_MANY_NAMES = "was not looked for, because too many host names are being looked up";

    private static final int LOOPS = 2;
    private static final int MAX_PENDING_NAMES = 256;
    private static final long CLOSE_SECONDS = 5;

    private final List<SingleThreadIoEventLoop> loops;
    private final List<Thread> loopThreads = new CopyOnWriteArrayList<>();
    private final ThreadPoolExecutor names;
    private final AtomicInteger next = new AtomicInteger();

    IngestThreads() {
        DefaultThreadFactory factory = new DefaultThreadFactory("oriel-ingest", true);
        ThreadFactory remembered = task -> {
            Thread thread = factory.newThread(task);
            loopThreads.add(thread);
            return thread;
        };
        loops = List.of(
                new SingleThreadIoEventLoop(null, remembered, NioIoHandler.newFactory()),
                new SingleThreadIoEventLoop(null, remembered, NioIoHandler.newFactory()));
        names = new ThreadPoolExecutor(
                2,
                2,
                5,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MAX_PENDING_NAMES),
                new DefaultThreadFactory("oriel-ingest-names", true));
        names.allowCoreThreadTimeOut(true);
    }

    /** Runs a task on a loop, at once if that is where we are; one that has ended has ended what the task belongs to, too. */
    static void on(EventLoop loop, Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
            return;
        }
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            // The engine was stopped and has ended its sessions already.
            return;
        }
    }

    /** A loop for one more camera. */
    EventLoop loop() {
        return loops.get(Math.floorMod(next.getAndIncrement(), LOOPS));
    }

    /** Runs what may block for a while; refuses when too much of it waits. */
    Executor names() {
        return names;
    }

    /** Randomness that nobody can foresee. */
    RandomGenerator random() {
        return new SecureRandom();
    }

    /** Ends all threads after what was given to them by now is done; waits for that, but not for a name server. */
    @Override
    public void close() {
        names.shutdownNow();
        boolean own = loops.stream().anyMatch(EventLoop::inEventLoop);
        for (SingleThreadIoEventLoop loop : loops) {
            loop.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS);
        }
        try {
            for (SingleThreadIoEventLoop loop : loops) {
                if (!own) {
                    loop.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
                }
            }
            for (Thread thread : loopThreads) {
                // A loop says that it has ended a little before its thread does.
                if (!own) {
                    thread.join(1000);
                }
            }
            names.awaitTermination(100, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
