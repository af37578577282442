package dev.oriel.signaling.page;

import dev.oriel.api.signaling.HttpCall;
import dev.oriel.api.signaling.HttpReply;
import dev.oriel.api.signaling.SignalingDialect;
import dev.oriel.api.viewer.StreamRelay;
import dev.oriel.api.viewer.ViewerStatus;
import dev.oriel.signaling.wire.Json;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * {@code GET /api/oriel/viewers}: how each viewer is, and above all why one has no picture.
 *
 * <p>{@code {"viewers": [{"stream", "state", "whyNoPicture", "packetsSent", "bytesSent", "packetsLost", "nacks", "pictureRequests",
 * "dropped"}]}}, {@code state} the {@link ViewerStatus.State} in lower case. A session's id is not told: who knows it may end the
 * session.
 */
@Component(service = SignalingDialect.class, property = "service.ranking:Integer=-46")
public final class ViewersDialect implements SignalingDialect {

    @Activate
    public ViewersDialect() {}

    @Override
    public boolean accepts(HttpCall call) {
        return call.path().equals("/api/oriel/viewers")
                && (call.method().equals("GET") || call.method().equals("HEAD"));
    }

    @Override
    public CompletionStage<HttpReply> answer(HttpCall call, StreamRelay relay) {
        var viewers = relay.viewers().stream().map(ViewersDialect::described).toList();
        return CompletableFuture.completedFuture(
                HttpReply.text(200, "application/json", Json.compact(Map.of("viewers", viewers)))
                        .with("Cache-Control", "no-store"));
    }

    private static Map<String, Object> described(ViewerStatus viewer) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("stream", viewer.stream().value());
        described.put("state", viewer.state().name().toLowerCase(Locale.ROOT));
        described.put("whyNoPicture", viewer.whyNoPicture());
        described.put("packetsSent", viewer.packetsSent());
        described.put("bytesSent", viewer.bytesSent());
        described.put("packetsLost", viewer.packetsLost());
        described.put("nacks", viewer.nacks());
        described.put("pictureRequests", viewer.pictureRequests());
        described.put("dropped", viewer.dropped());
        return described;
    }
}
