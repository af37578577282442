package dev.oriel.core.hub;

import dev.oriel.api.failure.CameraUnreachable;
import dev.oriel.api.failure.RelayException;
import dev.oriel.api.hub.StreamState;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The life of one camera as a machine: who wants it, when it is opened, closed, and tried again.
 *
 * <p>It is told the time and what happened, and says what to do. One mutation, then {@link #poll()} until it is empty, then
 * wait until {@link #deadlineNanos()}. Confined to one thread at a time by its owner; all times are nanoseconds of one
 * monotonic clock.
 *
 * <p>A <em>ticket</em> stands for one lease, from the asking to the giving back. An <em>attempt</em> stands for one
 * connection to the camera, from 1; what an attempt that is over still reports is ignored.
 */
final class CameraLife {

    /** How long a lease waits for the camera. */
    static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(5);
    /** How long an attempt may take until tracks are known; the engine gives up before, and says more. */
    static final long CONNECT_NANOS = TimeUnit.SECONDS.toNanos(5);
    /** A camera that was up for so long starts with a short back-off again. */
    static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** How long a failure is remembered while nobody asks. */
    static final long MEMORY_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final String SILENT = "The camera did not answer within 5 seconds.";

    /** What the owner is to do, in this order. */
    sealed interface Action {
        /** Connect to the camera, under this number. */
        record Open(long attempt) implements Action {}

        /** Let go of the connection with this number; it may have ended by itself. */
        record Close(long attempt) implements Action {}

        /** The lease can be handed out. */
        record Grant(long ticket) implements Action {}

        /** The lease cannot be had. */
        record Refuse(long ticket, RelayException why) implements Action {}
    }

    private final RandomGenerator jitter;
    private final Queue<Action> actions = new ArrayDeque<>();
    private final Set<Long> granted = new HashSet<>();
    private final Map<Long, Long> waiting = new LinkedHashMap<>();

    private StreamState state = StreamState.IDLE;
    private boolean always;
    private long lingerNanos;
    private long lastAttempt;
    private boolean attempting;
    private int failures;
    private @Nullable RelayException failure;
    private @Nullable RelayException lastFailure;
    private long attemptedAt;
    /** What is due next, by state: the connection, the end of lingering, the next attempt; steady time while active. */
    private long due;

    CameraLife(RandomGenerator jitter) {
        this.jitter = jitter;
    }

    /** A lease is asked for. */
    void ask(long nowNanos, long ticket) {
        switch (state) {
            case ACTIVE, LINGERING -> {
                state = StreamState.ACTIVE;
                granted.add(ticket);
                actions.add(new Action.Grant(ticket));
            }
            case CONNECTING -> waiting.put(ticket, nowNanos + WAIT_NANOS);
            case IDLE, BACKOFF -> {
                RelayException known = failure;
                if (known != null && Backoff.isLoginRefused(known) && earliest(nowNanos) - nowNanos > 0) {
                    actions.add(new Action.Refuse(ticket, known));
                } else {
                    waiting.put(ticket, nowNanos + WAIT_NANOS);
                    start(nowNanos);
                }
            }
        }
    }

    /**
     * A lease is given back, or nobody waits for it any more; idempotent.
     *
     * @param linger how long the camera stays open if this was the last
     */
    void giveBack(long nowNanos, long ticket, long linger) {
        if (granted.remove(ticket) || waiting.remove(ticket) != null) {
            lingerNanos = linger;
            settle(nowNanos);
        }
    }

    /** The camera is to be open whether anybody watches or not, or no longer. */
    void keepOpen(long nowNanos, boolean keep) {
        if (always == keep) {
            return;
        }
        always = keep;
        if (keep && state == StreamState.IDLE) {
            start(nowNanos);
        } else if (keep && state == StreamState.LINGERING) {
            state = StreamState.ACTIVE;
        } else {
            settle(nowNanos);
        }
    }

    /** The tracks of an attempt are known. */
    void opened(long nowNanos, long attempt) {
        if (!isCurrent(attempt) || state != StreamState.CONNECTING) {
            return;
        }
        state = StreamState.ACTIVE;
        due = nowNanos + STEADY_NANOS;
        failure = null;
        for (long ticket : waiting.keySet()) {
            granted.add(ticket);
            actions.add(new Action.Grant(ticket));
        }
        waiting.clear();
        settle(nowNanos);
    }

    /** An attempt is over: it never came to tracks, or the connection was lost. */
    void ended(long nowNanos, long attempt, RelayException why) {
        if (!isCurrent(attempt)) {
            return;
        }
        if (state == StreamState.ACTIVE && nowNanos - due >= 0) {
            failures = 0;
        }
        failures++;
        failure = why;
        lastFailure = why;
        attempting = false;
        actions.add(new Action.Close(attempt));
        refuseWaiting(why);
        if (isWanted()) {
            state = StreamState.BACKOFF;
            due = nowNanos + Backoff.delayNanos(why, failures, watched(), jitter);
        } else {
            state = StreamState.IDLE;
        }
    }

    /** The engine of the running attempt has gone: the camera is handed to the next one at once. */
    void orphaned(long nowNanos, long attempt) {
        if (!isCurrent(attempt)) {
            return;
        }
        attempting = false;
        actions.add(new Action.Close(attempt));
        if (isWanted()) {
            open(nowNanos);
        } else {
            state = StreamState.IDLE;
        }
    }

    /** An engine has come that may be what was missing. */
    void engineCame(long nowNanos) {
        if (state == StreamState.BACKOFF && failure != null && !Backoff.isLoginRefused(failure)) {
            open(nowNanos);
        }
    }

    /** The end: whoever waits is refused, and every lease counts as given back. */
    void stop(RelayException why) {
        refuseWaiting(why);
        granted.clear();
        always = false;
        closeAttempt();
        state = StreamState.IDLE;
    }

    /** A deadline may have passed. */
    void wake(long nowNanos) {
        RelayException late = state == StreamState.BACKOFF && failure != null ? failure : new CameraUnreachable(SILENT);
        boolean gaveUp = false;
        for (Iterator<Map.Entry<Long, Long>> i = waiting.entrySet().iterator(); i.hasNext(); ) {
            Map.Entry<Long, Long> next = i.next();
            if (nowNanos - next.getValue() >= 0) {
                i.remove();
                gaveUp = true;
                actions.add(new Action.Refuse(next.getKey(), late));
            }
        }
        if (gaveUp) {
            settle(nowNanos);
        }
        if (state == StreamState.IDLE || state == StreamState.ACTIVE || nowNanos - due < 0) {
            return;
        }
        switch (state) {
            case CONNECTING -> ended(nowNanos, lastAttempt, new CameraUnreachable(SILENT));
            case LINGERING -> {
                closeAttempt();
                state = StreamState.IDLE;
            }
            case BACKOFF -> open(nowNanos);
            case IDLE, ACTIVE -> throw new AssertionError(state);
        }
    }

    /** What to do next; absent when nothing is. */
    @Nullable
    Action poll() {
        return actions.poll();
    }

    /** When {@link #wake} is to be called; absent when nothing is pending. */
    OptionalLong deadlineNanos() {
        boolean pending = state != StreamState.IDLE && state != StreamState.ACTIVE;
        long next = due;
        for (long deadline : waiting.values()) {
            next = pending && next - deadline < 0 ? next : deadline;
            pending = true;
        }
        return pending ? OptionalLong.of(next) : OptionalLong.empty();
    }

    StreamState state() {
        return state;
    }

    /** The number of the attempt that runs, or 0. */
    long attempt() {
        return attempting ? lastAttempt : 0;
    }

    /** Why the last attempt came to nothing, or how the last connection ended; absent while there is media. */
    Optional<RelayException> failure() {
        return Optional.ofNullable(failure);
    }

    /** As {@link #failure()}, but kept while there is media. */
    Optional<RelayException> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }

    /** When the camera is tried again; absent when that is not waited for. */
    OptionalLong retryAtNanos() {
        return state == StreamState.BACKOFF ? OptionalLong.of(due) : OptionalLong.empty();
    }

    /** How many leases are handed out. */
    int leases() {
        return granted.size();
    }

    /** When this machine has nothing left to remember; absent while it has something to do. */
    OptionalLong forgottenAtNanos(long nowNanos) {
        if (state != StreamState.IDLE) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(failure == null ? nowNanos : attemptedAt + MEMORY_NANOS);
    }

    private boolean isCurrent(long attempt) {
        return attempting && attempt == lastAttempt;
    }

    private boolean isWanted() {
        return always || !granted.isEmpty() || !waiting.isEmpty();
    }

    private Backoff.Watched watched() {
        return granted.isEmpty() ? Backoff.Watched.NO : Backoff.Watched.YES;
    }

    private long earliest(long nowNanos) {
        return failure == null ? nowNanos : attemptedAt + Backoff.leastNanos(failure);
    }

    private void start(long nowNanos) {
        long earliest = earliest(nowNanos);
        if (earliest - nowNanos <= 0) {
            open(nowNanos);
        } else if (state != StreamState.BACKOFF || earliest - due < 0) {
            state = StreamState.BACKOFF;
            due = earliest;
        }
    }

    private void open(long nowNanos) {
        state = StreamState.CONNECTING;
        due = nowNanos + CONNECT_NANOS;
        attemptedAt = nowNanos;
        attempting = true;
        actions.add(new Action.Open(++lastAttempt));
    }

    private void settle(long nowNanos) {
        if (isWanted()) {
            return;
        }
        if (state == StreamState.BACKOFF) {
            state = StreamState.IDLE;
        } else if (state == StreamState.ACTIVE && lingerNanos > 0) {
            state = StreamState.LINGERING;
            due = nowNanos + lingerNanos;
        } else if (state == StreamState.ACTIVE) {
            closeAttempt();
            state = StreamState.IDLE;
        }
    }

    private void closeAttempt() {
        if (attempting) {
            attempting = false;
            actions.add(new Action.Close(lastAttempt));
        }
    }

    private void refuseWaiting(RelayException why) {
        for (long ticket : waiting.keySet()) {
            actions.add(new Action.Refuse(ticket, why));
        }
        waiting.clear();
    }
}
