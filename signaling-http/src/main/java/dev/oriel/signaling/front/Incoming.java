package dev.oriel.signaling.front;

import dev.oriel.api.media.Bytes;
import dev.oriel.api.signaling.HttpCall;
import dev.oriel.signaling.wire.Form;
import dev.oriel.signaling.wire.PercentDecoding;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A request as a servlet container hands it over.
 *
 * @param method as sent
 * @param mount the path under which the server is found: empty, or starting and not ending with a slash
 * @param path what follows the mount, still encoded; empty or starting with a slash
 * @param query still encoded, without the question mark; may be empty
 * @param headers by lower-case name
 * @param body what was sent of it
 */
public record Incoming(
        String method, String mount, String path, String query, Map<String, List<String>> headers, Body body) {

    /** The body of a request. */
    public sealed interface Body {

        /** All of it. */
        record Whole(byte[] bytes) implements Body {}

        /** More than is taken in; nothing was kept. */
        record TooLong() implements Body {}
    }

    /**
     * A request by its whole URI. The path is cut from the URI as it was sent, since containers differ in what they
     * decode.
     *
     * @param uri the encoded path, with the mount
     * @param pathInfo the path after the mount as the container decoded it, used where the URI is written in another way
     */
    public static Incoming of(
            String method,
            String mount,
            String uri,
            String pathInfo,
            String query,
            Map<String, List<String>> headers,
            Body body) {
        String path = uri.startsWith(mount) ? uri.substring(mount.length()) : pathInfo.replace("%", "%25");
        return new Incoming(method, mount, path, query, headers, body);
    }

    /** The request as dialects see it; a body that is too long is left out. */
    HttpCall call() {
        return new HttpCall(
                method.toUpperCase(Locale.ROOT),
                PercentDecoding.path(path),
                Form.urlencoded(query).fields(),
                headers,
                Bytes.copyOf(body instanceof Body.Whole whole ? whole.bytes() : new byte[0]));
    }
}
