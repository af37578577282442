package dev.oriel.core.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The services of one kind that are there at the moment, best first.
 *
 * <p>The service component runtime hands dynamic lists over worst first, so the order is made here. Reading is free of
 * locks and gives a list that does not change. Safe on any thread.
 */
public final class Whiteboard<T> {

    private static final Logger LOG = LoggerFactory.getLogger(Whiteboard.class);

    private volatile List<Ranked<T>> entries = List.of();
    private final List<T> blamed = new ArrayList<>();

    /** Takes a service in, or takes note of its changed properties. */
    public synchronized void put(T service, Map<String, Object> properties) {
        List<Ranked<T>> next = without(service);
        next.add(Ranked.of(service, properties));
        next.sort(Ranked.BEST_FIRST);
        entries = List.copyOf(next);
    }

    /** Lets a service go. */
    public synchronized void remove(T service) {
        entries = List.copyOf(without(service));
        blamed.removeIf(other -> other == service);
    }

    /** What is there now, with properties. */
    public List<Ranked<T>> ranked() {
        return entries;
    }

    /** What is there now. */
    public List<T> bestFirst() {
        return entries.stream().map(Ranked::service).toList();
    }

    /** Logs what a service did wrong, the first time it does; afterwards it is only skipped. */
    public void blame(T service, Throwable failure) {
        synchronized (this) {
            if (blamed.stream().anyMatch(other -> other == service)) {
                return;
            }
            blamed.add(service);
        }
        LOG.warn("{} failed and is skipped; further failures of it are not logged", nameOf(service), failure);
    }

    /** A name for people for a service that may be broken. */
    public static String nameOf(Object service) {
        return service.getClass().getName();
    }

    private List<Ranked<T>> without(T service) {
        List<Ranked<T>> rest = new ArrayList<>(entries);
        rest.removeIf(entry -> entry.service() == service);
        return rest;
    }
}
