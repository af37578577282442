package dev.oriel.protocol.rtsp;

import java.util.Optional;

/**
 * The id of a session and how long it lives without a word from the client (RFC 2326 section 12.37).
 *
 * @param id as the server gave it; opaque
 * @param timeoutSeconds 1 to 86400
 */
public record SessionHeader(String id, int timeoutSeconds) {

    /** The name of the header field. */
    public static final String NAME = "Session";

    /** What holds where the server names no time. */
    public static final int DEFAULT_TIMEOUT_SECONDS = 60;

    /** Reads a field such as {@code 12345678;timeout=60}; a time that makes no sense counts as not named. */
    public static Optional<SessionHeader> parse(String value) {
        String[] parts = value.split(";", 16);
        String id = parts[0].strip();
        if (id.isEmpty()) {
            return Optional.empty();
        }
        int timeout = DEFAULT_TIMEOUT_SECONDS;
        for (int i = 1; i < parts.length; i++) {
            String[] pair = parts[i].strip().split("\\s*=\\s*", 2);
            if (pair.length == 2 && pair[0].equalsIgnoreCase("timeout") && pair[1].matches("\\d{1,5}")) {
                int seconds = Integer.parseInt(pair[1]);
                timeout = seconds >= 1 && seconds <= 86_400 ? seconds : timeout;
            }
        }
        return Optional.of(new SessionHeader(id, timeout));
    }

    /** As a server writes it; a client sends the {@link #id} alone. */
    public String write() {
        return id + ";timeout=" + timeoutSeconds;
    }
}
