package dev.oriel.egress.passthrough.dtls;

import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Where DTLS runs: handshakes, which block, on a bounded pool; and what comes after a handshake, which does not, on workers of its
 * own, so that those who watch never wait for those who come.
 *
 * <p>A handshake whose viewer is silent would hold its thread for twelve seconds, and a pool full of them would keep everyone out
 * for so long. So those that wait for their viewer make room as soon as others wait for a thread. Safe on any thread.
 */
public final class DtlsWorkers {

    /** So long a viewer may be silent while others wait for its thread. */
    static final int PATIENT_MILLIS = 1000;

    /** So long a handshake may wait for its viewer altogether while others wait for its thread; much is lost on its way. */
    static final int VERY_PATIENT_MILLIS = 4000;

    private final Executor handshakes;
    private final Executor late;
    private final BooleanSupplier othersWait;

    private DtlsWorkers(Executor handshakes, Executor late, BooleanSupplier othersWait) {
        this.handshakes = handshakes;
        this.late = late;
        this.othersWait = othersWait;
    }

    /**
     * Workers on pools, which remain the caller's.
     *
     * @param handshakes as many run at once as it has threads
     * @param late for what does not block
     */
    public static DtlsWorkers on(ThreadPoolExecutor handshakes, Executor late) {
        AtomicInteger makingRoom = new AtomicInteger();
        Executor counted = task -> handshakes.execute(() -> {
            try {
                task.run();
            } finally {
                // Whoever made room has made it now.
                makingRoom.updateAndGet(n -> Math.max(0, n - 1));
            }
        });
        return new DtlsWorkers(counted, late, () -> {
            int waiting = handshakes.getQueue().size();
            return makingRoom.getAndUpdate(n -> n < waiting ? n + 1 : n) < waiting;
        });
    }

    void handshake(Runnable task) {
        handshakes.execute(task);
    }

    void late(Runnable task) {
        late.execute(task);
    }

    /** Whether a handshake that has waited for so long, in one go and altogether, is to give its thread to another. */
    boolean makesRoom(int silentMillis, int waitedMillis) {
        return (silentMillis >= PATIENT_MILLIS || waitedMillis >= VERY_PATIENT_MILLIS) && othersWait.getAsBoolean();
    }
}
