package dev.oriel.itest.standalone;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a test has started and must end: the last first. Confined to one thread. */
public final class Running implements AutoCloseable {

    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    /** Sees to it that something is closed by {@link #close}. */
    public <T extends AutoCloseable> T keep(T resource) {
        started.push(resource);
        return resource;
    }

    @Override
    public void close() throws Exception {
        while (!started.isEmpty()) {
            started.pop().close();
        }
    }
}
