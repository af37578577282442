package dev.oriel.signaling.front;

import dev.oriel.api.signaling.HttpCall;
import dev.oriel.api.signaling.SignalingDialect;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dialects that are there at the moment, highest ranking first, of equal ones the older.
 *
 * <p>The service component runtime hands dynamic lists over worst first, so the order is made here. Safe on any thread.
 */
final class Dialects {

    private static final Logger LOG = LoggerFactory.getLogger(Dialects.class);
    private static final Comparator<Entry> BEST_FIRST =
            Comparator.comparingInt(Entry::ranking).reversed().thenComparingLong(Entry::id);

    private volatile List<Entry> entries = List.of();

    private record Entry(SignalingDialect dialect, int ranking, long id) {}

    synchronized void put(SignalingDialect dialect, Map<String, Object> properties) {
        List<Entry> next = without(dialect);
        next.add(new Entry(
                dialect,
                properties.get("service.ranking") instanceof Integer ranking ? ranking : 0,
                properties.get("service.id") instanceof Long id ? id : Long.MAX_VALUE));
        next.sort(BEST_FIRST);
        entries = List.copyOf(next);
    }

    synchronized void remove(SignalingDialect dialect) {
        entries = List.copyOf(without(dialect));
    }

    /** The first dialect whose own a call is; one that fails is passed over. */
    Optional<SignalingDialect> accepting(HttpCall call) {
        return entries.stream()
                .map(Entry::dialect)
                .filter(dialect -> accepts(dialect, call))
                .findFirst();
    }

    private static boolean accepts(SignalingDialect dialect, HttpCall call) {
        try {
            return dialect.accepts(call);
        } catch (RuntimeException | LinkageError e) {
            LOG.error("{} failed to judge {} {} and is passed over", dialect, call.method(), call.path(), e);
            return false;
        }
    }

    private List<Entry> without(SignalingDialect dialect) {
        List<Entry> rest = new ArrayList<>(entries);
        rest.removeIf(entry -> entry.dialect() == dialect);
        return rest;
    }
}
