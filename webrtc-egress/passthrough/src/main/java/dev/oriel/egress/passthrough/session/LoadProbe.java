package dev.oriel.egress.passthrough.session;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Measures the port's thread on that thread, for as long as it runs. */
public final class LoadProbe implements Runnable {

    private final EventLoop loop;
    private final Switchboard board;
    private final LongSupplier cpuNanos;
    private long dueNanos;

    /** @param cpuNanos the processor time that the thread which asks has used */
    public LoadProbe(EventLoop loop, Switchboard board, LongSupplier cpuNanos) {
        this.loop = loop;
        this.board = board;
        this.cpuNanos = cpuNanos;
        this.dueNanos = board.means().ticker().nanos();
    }

    @Override
    public void run() {
        long now = board.means().ticker().nanos();
        int playing = (int) board.viewers().stream().filter(Viewer::isPlaying).count();
        board.load().tick(dueNanos, now, cpuNanos.getAsLong(), playing);
        dueNanos = now + Load.TICK_NANOS;
        if (!loop.isShuttingDown()) {
            loop.schedule(this, Load.TICK_NANOS, TimeUnit.NANOSECONDS);
        }
    }
}
