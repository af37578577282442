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

    /** Somebody looks at a still picture: with 2 s for a connection this leaves time for a picture within 5 s. */
    private static final long WATCHED_FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final long WATCHED_LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(1_000);

    /** Cameras lock an account after a handful of wrong logins, and only a person can mend those. */
    private static final long REFUSED_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** A camera without room for one more is not helped by being asked again and again. */
    private static final long BUSY_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** A camera that hung, or was cut off, is busy at first with putting away the session that we have lost. */
    private static final int MAY_BE_BUSY_WITH_US = 4;

    private static final long ASKED_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long ASKED_REFUSED_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final double JITTER = 0.25;

    private Backoff() {}

    /**
     * The wait after a failure: 1 s doubled up to 30 s, and 0.5 s, then 1 s while somebody watches; at least 5 s
     * when the camera is busy, but not for the first few times while somebody watches; and 60 s after a refused login. The
     * jitter takes off up to a quarter.
     *
     * @param failures how many attempts have failed in a row, 1 or more
     */
    static long delayNanos(RelayException failure, int failures, Watched watched, RandomGenerator jitter) {
        int doublings = Math.min(failures - 1, 5);
        long full = watched == Watched.YES
                ? Math.min(WATCHED_FIRST_NANOS << doublings, WATCHED_LONGEST_NANOS)
                : Math.min(FIRST_NANOS << doublings, LONGEST_NANOS);
        if (isLoginRefused(failure)) {
            full = REFUSED_NANOS;
        } else if (isBusy(failure) && (watched == Watched.NO || failures > MAY_BE_BUSY_WITH_US)) {
            full = Math.max(full, BUSY_NANOS);
        }
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

    private static boolean isBusy(RelayException failure) {
        return failure instanceof CameraRefused refused && (refused.status() == 453 || refused.status() == 503);
    }

    /** Whether somebody waits for the picture. */
    enum Watched {
        YES,
        NO
    }
}
