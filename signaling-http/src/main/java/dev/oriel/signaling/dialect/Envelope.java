package dev.oriel.signaling.dialect;

import dev.oriel.api.signaling.HttpReply;
import dev.oriel.signaling.wire.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** The form of RTSPtoWeb's answers: {@code {"status": 1 or 0, "payload": …}}, indented. */
final class Envelope {

    /** What the original says of unknown streams and channels; clients may compare it. */
    static final String NOT_FOUND = "stream not found";

    private static final String JSON = "application/json; charset=utf-8";

    private static final String RETRY_SECONDS = "5";

    private Envelope() {}

    static HttpReply success(Object payload) {
        return envelope(200, 1, payload);
    }

    /** @param payload a text, since clients join it to a message */
    static HttpReply failure(int status, String payload) {
        return envelope(status, 0, payload);
    }

    /** A failure of the relay, in its own words where the original has none. */
    static HttpReply failure(Throwable thrown) {
        var failure = Reason.under(thrown);
        return switch (Reason.of(failure)) {
            case STREAM_NOT_FOUND -> failure(500, NOT_FOUND);
            case CAMERA_UNREACHABLE, CAMERA_REFUSED, CAMERA_UNSUPPORTED -> failure(500, failure.sentence());
            case NO_COMMON_CODEC, OFFER_REJECTED -> failure(400, failure.sentence());
            case NOT_ALLOWED -> failure(403, failure.sentence());
            case NO_ENGINE -> failure(503, failure.sentence()).with("Retry-After", RETRY_SECONDS);
        };
    }

    private static HttpReply envelope(int httpStatus, int status, Object payload) {
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("status", status);
        envelope.put("payload", payload);
        return HttpReply.text(httpStatus, JSON, Json.indented(envelope));
    }
}
