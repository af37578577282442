package dev.oriel.signaling.background;

/** What is done later or elsewhere, so that no thread of the web server waits. Safe on any thread. */
public interface Background {

    /** A task that lies ahead. */
    interface Alarm {
        /** Forgets the task; idempotent. */
        void cancel();
    }

    /**
     * Runs a task that may block for a while.
     *
     * @return false if there is no room for it
     */
    boolean start(Runnable task);

    /** Runs a short task after a delay. */
    Alarm after(long delayMillis, Runnable task);
}
