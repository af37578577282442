package dev.oriel.signaling;

import dev.oriel.signaling.background.Background;
import java.util.ArrayList;
import java.util.List;

/** Tasks run when a test says so. */
public final class FakeBackground implements Background {

    public final List<Runnable> started = new ArrayList<>();
    public final List<Runnable> alarms = new ArrayList<>();
    public boolean full;

    @Override
    public boolean start(Runnable task) {
        return !full && started.add(task);
    }

    @Override
    public Alarm after(long delayMillis, Runnable task) {
        alarms.add(task);
        return () -> alarms.remove(task);
    }

    public void runStarted() {
        List<Runnable> tasks = List.copyOf(started);
        started.clear();
        tasks.forEach(Runnable::run);
    }

    public void ring() {
        List.copyOf(alarms).forEach(Runnable::run);
    }
}
