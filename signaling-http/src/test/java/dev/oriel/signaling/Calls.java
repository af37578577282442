package dev.oriel.signaling;

import dev.oriel.api.media.Bytes;
import dev.oriel.api.signaling.HttpCall;
import dev.oriel.api.signaling.HttpReply;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Requests written short, and answers taken apart. */
public final class Calls {

    public static final String FORM = "application/x-www-form-urlencoded";

    private Calls() {}

    public static HttpCall get(String path) {
        return call("GET", path, Map.of(), "");
    }

    public static HttpCall form(String path, String body) {
        return call("POST", path, Map.of("Content-Type", FORM), body);
    }

    public static HttpCall call(String method, String path, Map<String, String> headers, String body) {
        Map<String, List<String>> lists = new HashMap<>();
        headers.forEach((name, value) -> lists.put(name.toLowerCase(Locale.ROOT), List.of(value)));
        return new HttpCall(method, path, Map.of(), lists, Bytes.copyOf(body.getBytes(StandardCharsets.UTF_8)));
    }

    public static HttpReply now(CompletionStage<HttpReply> reply) {
        try {
            return reply.toCompletableFuture().get(5, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("No reply", e);
        }
    }

    public static String body(HttpReply reply) {
        return new String(reply.body().toArray(), StandardCharsets.UTF_8);
    }

    /** The value of a header, or a dash. */
    public static String header(HttpReply reply, String name) {
        return reply.headers().stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(HttpReply.Header::value)
                .findFirst()
                .orElse("-");
    }
}
