package dev.oriel.signaling.wire;

import dev.oriel.api.signaling.HttpCall;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The fields of a form, sent as {@code application/x-www-form-urlencoded} or {@code multipart/form-data} (RFC 7578).
 *
 * @param fields values by name, in the order in which they came
 */
public record Form(Map<String, List<String>> fields) {

    private static final int MAX_FIELDS = 64;

    public Form {
        fields = Map.copyOf(fields);
    }

    /** Reads a call's body; whatever is not multipart counts as urlencoded, since clients leave the type out. */
    public static Form of(HttpCall call) {
        String type = call.header("content-type").orElse("");
        return call.mediaType().equals("multipart/form-data")
                ? multipart(type, call.body().toArray())
                : urlencoded(new String(call.body().toArray(), StandardCharsets.UTF_8));
    }

    /** Reads what also stands in a URL's query. */
    public static Form urlencoded(String text) {
        Map<String, List<String>> fields = new HashMap<>();
        for (String pair : text.split("&", MAX_FIELDS)) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                add(fields, PercentDecoding.form(name), PercentDecoding.form(value));
            }
        }
        return new Form(fields);
    }

    /** The first value of a field; empty where it is missing or has no text. */
    public Optional<String> text(String name) {
        return fields.getOrDefault(name, List.of()).stream().findFirst().filter(value -> !value.isEmpty());
    }

    private static Form multipart(String contentType, byte[] body) {
        Map<String, List<String>> fields = new HashMap<>();
        Optional<String> boundary = parameter(contentType, "boundary");
        if (boundary.isPresent()) {
            // Every byte becomes one character, so that offsets hold and nothing is lost until a value is decoded.
            String text = "\r\n" + new String(body, StandardCharsets.ISO_8859_1);
            String[] parts = text.split(Pattern.quote("\r\n--" + boundary.get()), MAX_FIELDS);
            for (int i = 1; i < parts.length; i++) {
                part(fields, parts[i]);
            }
        }
        return new Form(fields);
    }

    private static void part(Map<String, List<String>> fields, String part) {
        int headersEnd = part.indexOf("\r\n\r\n");
        if (part.startsWith("--") || headersEnd < 0) {
            return;
        }
        for (String header : part.substring(0, headersEnd).split("\r\n")) {
            if (header.regionMatches(true, 0, "content-disposition:", 0, 20)) {
                String value = part.substring(headersEnd + 4);
                parameter(header, "name").ifPresent(name -> add(fields, utf8(name), utf8(value)));
            }
        }
    }

    private static Optional<String> parameter(String header, String name) {
        for (String piece : header.split(";")) {
            int equals = piece.indexOf('=');
            if (equals > 0 && piece.substring(0, equals).strip().equalsIgnoreCase(name)) {
                String value = piece.substring(equals + 1).strip();
                return Optional.of(
                        value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
                                ? value.substring(1, value.length() - 1)
                                : value);
            }
        }
        return Optional.empty();
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static void add(Map<String, List<String>> fields, String name, String value) {
        fields.computeIfAbsent(name, absent -> new ArrayList<>()).add(value);
    }
}
