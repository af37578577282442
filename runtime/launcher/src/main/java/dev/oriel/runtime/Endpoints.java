package dev.oriel.runtime;

import java.net.URI;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The addresses an HTTP service says it listens on, as its service property {@code osgi.http.endpoint} has them. */
final class Endpoints {

    private Endpoints() {}

    /** The port of the first {@code http} address; the property is a text, an array or a collection of them. */
    static OptionalInt port(@Nullable Object property) {
        List<?> endpoints;
        if (property instanceof String[] several) {
            endpoints = Arrays.asList(several);
        } else if (property instanceof Collection<?> several) {
            endpoints = List.copyOf(several);
        } else {
            endpoints = property == null ? List.of() : List.of(property);
        }
        return endpoints.stream()
                .map(String::valueOf)
                .filter(endpoint -> endpoint.startsWith("http://"))
                .mapToInt(endpoint -> URI.create(endpoint).getPort())
                .filter(port -> port > 0)
                .findFirst();
    }
}
