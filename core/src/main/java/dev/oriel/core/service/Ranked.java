package dev.oriel.core.service;

import java.util.Comparator;
import java.util.Map;

/**
 * A service with what decides its place among its equals.
 *
 * @param service the service itself
 * @param ranking {@code service.ranking}, 0 where none is given; higher is better
 * @param id {@code service.id}; of equal rankings the lower counts
 * @param properties all its properties
 */
public record Ranked<T>(T service, int ranking, long id, Map<String, Object> properties) {

    /** The better service first (OSGi Core section 5.2.5). */
    public static final Comparator<Ranked<?>> BEST_FIRST =
            Comparator.<Ranked<?>>comparingInt(Ranked::ranking).reversed().thenComparingLong(Ranked::id);

    /** Reads the place from a service's properties; values of another type than they should have count as absent. */
    public static <T> Ranked<T> of(T service, Map<String, Object> properties) {
        int ranking = properties.get("service.ranking") instanceof Integer r ? r : 0;
        long id = properties.get("service.id") instanceof Long i ? i : Long.MAX_VALUE;
        return new Ranked<>(service, ranking, id, Map.copyOf(properties));
    }
}
