package dev.oriel.itest.karaf;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Waiting for another process, which can only be asked again and again. */
final class Eventually {

    private static final long PAUSE_MILLIS = 200;

    private Eventually() {}

    /**
     * Asks until the answer is as wished.
     *
     * @param what a name for what is awaited
     * @throws AssertionError after {@code atMost}, with the last answer or failure
     */
    static <T> T of(String what, Duration atMost, Callable<T> question, Predicate<T> wished) {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            Object last;
            try {
                T answer = question.call();
                if (wished.test(answer)) {
                    return answer;
                }
                last = answer;
            } catch (Exception e) {
                last = e;
            }
            if (System.nanoTime() > end) {
                AssertionError error =
                        new AssertionError("After " + atMost.toSeconds() + " s of waiting, " + what + ": " + last);
                if (last instanceof Exception cause) {
                    error.initCause(cause);
                }
                throw error;
            }
            new CompletableFuture<Void>()
                    .completeOnTimeout(null, PAUSE_MILLIS, TimeUnit.MILLISECONDS)
                    .join();
        }
    }
}
