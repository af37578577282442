package dev.oriel.api.signaling;

import dev.oriel.api.media.Bytes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One HTTP request, read whole.
 *
 * @param method upper case
 * @param path decoded once, starting with {@code /}, without query and without the server's own prefix
 * @param query decoded parameters of the URL
 * @param headers by lower-case name
 * @param body at most {@link #MAX_BODY_BYTES}
 */
public record HttpCall(
        String method, String path, Map<String, List<String>> query, Map<String, List<String>> headers, Bytes body) {

    /** The most bytes a body has; a longer one is refused before a dialect sees it. */
    public static final int MAX_BODY_BYTES = 65_536;

    public HttpCall {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    /** The first value of a header, whatever the case of its name. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    /** The first value of a parameter of the URL. */
    public Optional<String> parameter(String name) {
        return query.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** The body's media type, lower case, without parameters; empty where none is named. */
    public String mediaType() {
        return header("content-type")
                .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .orElse("");
    }
}
