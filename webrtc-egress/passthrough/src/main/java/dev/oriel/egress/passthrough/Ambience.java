package dev.oriel.egress.passthrough;

import dev.oriel.api.time.Ambient;
import dev.oriel.api.time.Ticker;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What the engine takes from its surroundings: time, threads and randomness. */
@Ambient(reason = "the one place of this bundle that does")
final class Ambience {

    private static final int WORKERS = 32;
    private static final int WAITING_HANDSHAKES = 1024;
    private static final int ERRAND_WORKERS = 2;
    private static final int WAITING_ERRANDS = 4096;
    private static final long IDLE_SECONDS = 10;

    private Ambience() {}

    static Ticker ticker() {
        return Ticker.system();
    }

    static SecureRandom random() {
        return new SecureRandom();
    }

    static Clock wallClock() {
        return Clock.systemUTC();
    }

    /** The processor time that the thread which asks has used; 0 where the platform cannot tell. */
    static long cpuNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads.isCurrentThreadCpuTimeSupported() ? Math.max(0, threads.getCurrentThreadCpuTime()) : 0;
    }

    /** How far the wall clock is ahead of the ticker. */
    static long unixMinusMonotonicNanos(Clock clock, Ticker ticker) {
        Instant now = clock.instant();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano() - ticker.nanos();
    }

    /** Threads that keep no JVM alive. */
    static ThreadFactory threads(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Workers for handshakes; their threads go when they have been idle for a while. */
    static ThreadPoolExecutor handshakes() {
        return pool(WORKERS, WAITING_HANDSHAKES, "oriel-dtls");
    }

    /** Workers for what takes a moment. */
    static ThreadPoolExecutor errands() {
        return pool(ERRAND_WORKERS, WAITING_ERRANDS, "oriel-dtls-late");
    }

    private static ThreadPoolExecutor pool(int threads, int waiting, String name) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(waiting), threads(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
