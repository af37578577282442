package dev.oriel.discovery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/**
 * The JSON in which RTSPtoWeb wraps every answer: {@code {"status": 1, "payload": …}}.
 *
 * @param isSuccess whether the status is 1, as a number or as a text
 * @param payloadIsList whether the payload can be the list of streams: an object, or the {@code null} that the original
 *     server sends for an empty list
 */
record Envelope(boolean isSuccess, boolean payloadIsList) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads a body; absent if it is something else, or was cut off. */
    static Optional<Envelope> read(String body) {
        try {
            JsonNode root = JSON.readTree(body);
            if (!root.isObject() || !root.has("status") || !root.has("payload")) {
                return Optional.empty();
            }
            JsonNode payload = root.get("payload");
            return Optional.of(
                    new Envelope(root.get("status").asText().equals("1"), payload.isNull() || payload.isObject()));
        } catch (JsonProcessingException e) {
            // Most bodies are no JSON at all; which is the answer.
            return Optional.empty();
        }
    }

    /** Whether a body that was cut off begins like an envelope. */
    static boolean beginsLikeOne(String body) {
        return body.matches("(?s)\\s*\\{\\s*\"(status\"\\s*:\\s*\"?1\"?\\s*,\\s*\"payload|payload)\"\\s*:\\s*\\{.*");
    }
}
