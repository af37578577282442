package dev.oriel.core.hub;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What was decided under a lock, to be done after it is released.
 *
 * <p>Two kinds of work: answers to those who wait, which anybody gives at any time; and steps, which happen one at a time
 * and in order, whatever thread comes by. A step that hangs holds up the steps behind it, and no answer.
 */
final class Handover {

    private final Object lock;
    private final Queue<Runnable> answers = new ArrayDeque<>();
    private final Queue<Runnable> steps = new ArrayDeque<>();

    /** Whoever raises it from 0 takes the steps, for all who raise it meanwhile. */
    private final AtomicInteger stepping = new AtomicInteger();

    /** @param lock the lock under which work is added */
    Handover(Object lock) {
        this.lock = lock;
    }

    /** Adds an answer; under the lock. */
    void answer(Runnable answer) {
        answers.add(answer);
    }

    /** Adds a step, which throws nothing; under the lock. */
    void step(Runnable step) {
        steps.add(step);
    }

    /** Whether there is nothing to do; under the lock. */
    boolean isEmpty() {
        return answers.isEmpty() && steps.isEmpty();
    }

    /** Does what was added, unless a frame below this one holds the lock and will. */
    void perform() {
        if (Thread.holdsLock(lock)) {
            return;
        }
        for (Runnable answer; (answer = next(answers)) != null; ) {
            answer.run();
        }
        if (stepping.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            for (Runnable step; (step = next(steps)) != null; ) {
                step.run();
            }
            seen = stepping.addAndGet(-seen);
        } while (seen != 0);
    }

    private @Nullable Runnable next(Queue<Runnable> queue) {
        synchronized (lock) {
            return queue.poll();
        }
    }
}
