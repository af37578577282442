package dev.oriel.protocol.rtsp.client;

import dev.oriel.protocol.rtsp.RtspResponse;
import dev.oriel.protocol.rtsp.SessionHeader;
import java.util.Locale;

/**
 * What keeps a session alive: {@code GET_PARAMETER} where the camera announces it, else {@code OPTIONS}, at half of the
 * session's timeout and every 30 seconds at least. Whether it is answered does not matter: many cameras never do.
 */
final class Keepalive {

    private static final int MAX_SECONDS = 30;
    private static final long SECOND = 1_000_000_000L;

    private boolean hasGetParameter;
    private int timeoutSeconds = SessionHeader.DEFAULT_TIMEOUT_SECONDS;
    private long lastNanos;

    /** Takes the answer to {@code OPTIONS}. */
    void announced(RtspResponse response) {
        hasGetParameter = response.headers().all("Public").stream()
                .anyMatch(p -> p.toUpperCase(Locale.ROOT).contains("GET_PARAMETER"));
    }

    void timeout(int seconds) {
        timeoutSeconds = seconds;
    }

    String method() {
        return hasGetParameter ? "GET_PARAMETER" : "OPTIONS";
    }

    /** A request was sent, or media begins: the time runs anew. */
    void sent(long nowNanos) {
        lastNanos = nowNanos;
    }

    long deadlineNanos() {
        return lastNanos + Math.max(SECOND, Math.min(timeoutSeconds / 2, MAX_SECONDS) * SECOND);
    }

    /** Takes a refusal; answers whether there is another request to try. Announced is not there; OPTIONS is always. */
    boolean refused() {
        boolean another = hasGetParameter;
        hasGetParameter = false;
        return another;
    }
}
