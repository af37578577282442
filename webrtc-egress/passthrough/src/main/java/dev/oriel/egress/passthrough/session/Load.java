package dev.oriel.egress.passthrough.session;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How busy the thread that sends is, and whether another viewer is let in by that: what a viewer costs depends on its camera, its
 * loss and the machine, and only the thread itself knows it.
 *
 * <p>The share of its time that the thread works says how near the end is before anybody notices; how late it is says that it has
 * come, also where others take the processor away. Those who are let in cost nothing at first, so they are counted with what the
 * others cost. It is told by one thread and may be asked by any.
 */
public final class Load {

    /** How often {@link #tick} wants to be told. */
    public static final long TICK_NANOS = 200_000_000L;

    private static final int TICKS = 5;
    private static final double MOST_BUSY = 0.9;
    private static final double BUSY_AGAIN = 0.8;
    private static final double HALF_BUSY = 0.5;

    /** So few cannot be too many by what they take: what is seen is code that runs for the first time. */
    private static final int FEW = 8;

    /** So many may come at once. */
    private static final int MANY = 128;

    private static final long MOST_LATE_NANOS = 30_000_000L;
    private static final long LATE_AGAIN_NANOS = 10_000_000L;

    private final long[] nowNanos = new long[TICKS];
    private final long[] usedNanos = new long[TICKS];
    private final long[] lateNanos = new long[TICKS];
    private int ticks;
    private volatile State state = new State(0, 0, 0, false);

    /**
     * @param busy the share of the last second that the thread worked, 0 to 1
     * @param lateNanos how late it was at least
     * @param playing how many viewers it worked for
     */
    private record State(double busy, long lateNanos, int playing, boolean over) {}

    /**
     * Takes a measurement.
     *
     * @param dueNanos when this should have been called
     * @param cpuNanos the processor time the thread has used by now; always 0 where that cannot be known
     * @param playing how many viewers media is sent to
     */
    void tick(long dueNanos, long now, long cpuNanos, int playing) {
        int at = ticks % TICKS;
        boolean isFull = ticks >= TICKS;
        long passed = now - nowNanos[at];
        double busy = isFull && passed > 0 ? Math.min(1, (cpuNanos - usedNanos[at]) / (double) passed) : 0;
        nowNanos[at] = now;
        usedNanos[at] = cpuNanos;
        lateNanos[at] = Math.max(0, now - dueNanos);
        ticks++;
        // One pause of the whole machine is not what is looked for, but a thread that comes late each time.
        long late = Arrays.stream(lateNanos).min().orElse(0);
        boolean over =
                state.over ? busy > BUSY_AGAIN || late > LATE_AGAIN_NANOS : busy > MOST_BUSY || late > MOST_LATE_NANOS;
        state = new State(busy, late, playing, over);
    }

    /** Whether there is more to do than can be done in time. */
    boolean isOver() {
        return state.over;
    }

    /**
     * Why nobody else is let in, for people; empty if there is room.
     *
     * @param viewers how many there are, those included who are about to be sent to
     */
    Optional<String> whyFull(int viewers) {
        State now = state;
        if (now.playing < FEW ? now.lateNanos <= MOST_LATE_NANOS : !now.over && isRoom(now, viewers + 1)) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "This server can send to no more viewers: %d watch, %.0f %% of its sending thread is used, and it is %d ms late.",
                now.playing,
                100 * now.busy,
                now.lateNanos / 1_000_000));
    }

    /** To come costs more than to stay, so those who play seem to cost more than they will; it counts when it becomes tight. */
    private static boolean isRoom(State now, int viewers) {
        boolean isTight = now.busy > HALF_BUSY || viewers - now.playing > Math.max(MANY, now.playing);
        return !isTight || now.busy * viewers / now.playing <= MOST_BUSY;
    }
}
