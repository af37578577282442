package dev.oriel.signaling.dialect;

import dev.oriel.api.signaling.HttpCall;
import dev.oriel.api.signaling.HttpReply;
import dev.oriel.api.signaling.SignalingDialect;
import dev.oriel.api.viewer.StreamRelay;
import dev.oriel.signaling.source.AbsentRelay;
import dev.oriel.signaling.wire.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** {@code GET /health}: whether this server works, judged by nothing outside it; a camera that is away changes nothing. */
@Component(service = SignalingDialect.class, property = "service.ranking:Integer=-40")
public final class HealthDialect implements SignalingDialect {

    @Activate
    public HealthDialect() {}

    @Override
    public boolean accepts(HttpCall call) {
        return call.path().equals("/health")
                && (call.method().equals("GET") || call.method().equals("HEAD"));
    }

    @Override
    public CompletionStage<HttpReply> answer(HttpCall call, StreamRelay relay) {
        Map<String, Object> health = new LinkedHashMap<>();
        boolean complete = relay != AbsentRelay.INSTANCE;
        health.put("status", complete ? "ok" : "incomplete");
        health.put("cameras", relay.cameras().size());
        health.put("viewers", relay.viewers().size());
        return CompletableFuture.completedFuture(
                HttpReply.text(complete ? 200 : 503, "application/json", Json.compact(health))
                        .with("Cache-Control", "no-store"));
    }
}
