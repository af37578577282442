package dev.oriel.signaling.wire;

import dev.oriel.api.signaling.HttpCall;
import dev.oriel.api.signaling.HttpReply;
import java.util.List;
import java.util.Optional;

/**
 * Whose web pages may read answers (the CORS protocol of the Fetch standard). No answer allows credentials.
 *
 * @param origins each {@code scheme://host[:port]}; the single entry {@code *} stands for everybody
 */
public record Cors(List<String> origins) {

    /** Everybody's pages may read; what the servers we stand in for do. */
    public static final Cors OPEN = new Cors(List.of("*"));

    public Cors {
        origins = List.copyOf(origins);
    }

    /**
     * The answer with what lets an allowed page read it; unchanged for other pages.
     *
     * @param more header lines that go along, as one server's habits want them
     */
    public HttpReply on(HttpCall call, HttpReply reply, List<HttpReply.Header> more) {
        Optional<String> allowed = allowed(call);
        HttpReply answer = origins.contains("*") ? reply : reply.with("Vary", "Origin");
        if (allowed.isEmpty()) {
            return answer;
        }
        answer = answer.with("Access-Control-Allow-Origin", allowed.get());
        for (HttpReply.Header header : more) {
            answer = answer.with(header.name(), header.value());
        }
        return answer;
    }

    private Optional<String> allowed(HttpCall call) {
        return origins.contains("*")
                ? Optional.of("*")
                : call.header("origin").filter(origin -> origins.stream().anyMatch(origin::equalsIgnoreCase));
    }
}
