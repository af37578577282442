package dev.oriel.api.time;

/** A monotonic clock in nanoseconds, with an origin of its own; the one all media times of this process are told in. */
@FunctionalInterface
public interface Ticker {

    /** Now, in nanoseconds; only differences mean something. */
    long nanos();

    /** The clock of this machine. */
    @Ambient(reason = "the one place that asks for monotonic time")
    static Ticker system() {
        return System::nanoTime;
    }
}
