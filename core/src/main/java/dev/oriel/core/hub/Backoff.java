package dev.oriel.core.hub;

import dev.oriel.api.failure.CameraRefused;
import dev.oriel.api.failure.NoEngine;
import dev.oriel.api.failure.RelayException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** How long to wait before a camera is tried again, in nanoseconds. */
final class Backoff {

    private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(30);
    /** Cameras lock an account after a handful of wrong logins, and only a person can mend those. */
    private static final long REFUSED_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final long ASKED_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long ASKED_REFUSED_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final double JITTER = 0.25;

    private Backoff() {}

    /**
     * The wait after a failure: 1 s doubled up to 30 s, or 60 s after a refused login; the jitter takes off up to a quarter.
     *
     * @param failures how many attempts have failed in a row, 1 or more
     */
    static long delayNanos(RelayException failure, int failures, RandomGenerator jitter) {
        long full = isLoginRefused(failure)
                ? REFUSED_NANOS
                : Math.min(FIRST_NANOS << Math.min(failures - 1, 5), LONGEST_NANOS);
        return full - (long) (full * JITTER * jitter.nextDouble());
    }

    /** The least time between two attempts, however many ask. */
    static long leastNanos(RelayException failure) {
        if (failure instanceof NoEngine) {
            return 0;
        }
        return isLoginRefused(failure) ? ASKED_REFUSED_NANOS : ASKED_NANOS;
    }

    static boolean isLoginRefused(RelayException failure) {
        return failure instanceof CameraRefused refused && (refused.status() == 401 || refused.status() == 403);
    }
}
