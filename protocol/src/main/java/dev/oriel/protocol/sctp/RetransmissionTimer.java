package dev.oriel.protocol.sctp;

import java.util.OptionalLong;

/**
 * When to send something again that is not answered. The pauses double; no round trips are measured, since so little is sent.
 */
final class RetransmissionTimer {

    private static final long FIRST_NANOS = 500_000_000L;
    private static final int MAX_DOUBLINGS = 4;
    private static final int MAX_ATTEMPTS = 8;

    private OptionalLong due = OptionalLong.empty();
    private int attempts;

    /** Something was sent for the first time. */
    void start(long nowNanos) {
        startAfter(nowNanos, FIRST_NANOS);
    }

    /** Something is to be sent for the first time after a while. */
    void startAfter(long nowNanos, long delayNanos) {
        attempts = 0;
        due = OptionalLong.of(nowNanos + delayNanos);
    }

    void stop() {
        due = OptionalLong.empty();
    }

    boolean isRunning() {
        return due.isPresent();
    }

    boolean isDue(long nowNanos) {
        return due.isPresent() && nowNanos - due.getAsLong() >= 0;
    }

    OptionalLong due() {
        return due;
    }

    /** It is sent again; false if that has been done often enough, and then the timer is stopped. */
    boolean again(long nowNanos) {
        attempts++;
        if (attempts > MAX_ATTEMPTS) {
            stop();
            return false;
        }
        due = OptionalLong.of(nowNanos + (FIRST_NANOS << Math.min(attempts, MAX_DOUBLINGS)));
        return true;
    }
}
