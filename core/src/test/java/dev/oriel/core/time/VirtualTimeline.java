package dev.oriel.core.time;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** A timeline whose time is told; tasks run on the thread that tells it. */
public final class VirtualTimeline implements Timeline {

    private record Pending(long atNanos, Runnable task) {}

    private final List<Pending> pending = new ArrayList<>();
    private final Queue<Runnable> soon = new ArrayDeque<>();
    private long nowNanos = 1_000_000_000L;

    @Override
    public synchronized long nanos() {
        return nowNanos;
    }

    @Override
    public synchronized void execute(Runnable task) {
        soon.add(task);
    }

    @Override
    public synchronized Alarm after(long delayNanos, Runnable task) {
        Pending next = new Pending(nowNanos + delayNanos, task);
        pending.add(next);
        return () -> {
            synchronized (this) {
                pending.removeIf(other -> other == next);
            }
        };
    }

    @Override
    public RandomGenerator jitter() {
        return new Random(1);
    }

    /** Runs what is due now. */
    public void run() {
        advanceMillis(0);
    }

    /** Lets time pass, and runs what becomes due on the way, at its own time. */
    public void advanceMillis(long millis) {
        long target = nanos() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (true) {
            runSoon();
            Optional<Pending> next = due(target);
            if (next.isEmpty()) {
                break;
            }
            next.get().task().run();
        }
        synchronized (this) {
            nowNanos = target;
        }
    }

    /** How many tasks lie ahead. */
    public synchronized int pending() {
        return pending.size() + soon.size();
    }

    private void runSoon() {
        while (true) {
            Runnable task;
            synchronized (this) {
                task = soon.poll();
            }
            if (task == null) {
                return;
            }
            task.run();
        }
    }

    private synchronized Optional<Pending> due(long target) {
        Optional<Pending> next =
                pending.stream().min(Comparator.comparingLong(Pending::atNanos)).filter(p -> p.atNanos() <= target);
        next.ifPresent(p -> {
            pending.remove(p);
            nowNanos = Math.max(nowNanos, p.atNanos());
        });
        return next;
    }
}
