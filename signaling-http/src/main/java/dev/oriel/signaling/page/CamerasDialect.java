package dev.oriel.signaling.page;

import dev.oriel.api.camera.CameraSource;
import dev.oriel.api.hub.StreamState;
import dev.oriel.api.hub.StreamStatus;
import dev.oriel.api.media.MediaKind;
import dev.oriel.api.media.Track;
import dev.oriel.api.signaling.HttpCall;
import dev.oriel.api.signaling.HttpReply;
import dev.oriel.api.signaling.SignalingDialect;
import dev.oriel.api.viewer.StreamRelay;
import dev.oriel.signaling.source.AbsentRelay;
import dev.oriel.signaling.source.CameraStates;
import dev.oriel.signaling.wire.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * {@code GET /api/oriel/cameras}: all known cameras for the pages, without their URLs.
 *
 * <p>{@code {"ready": …, "cameras": [{"name", "state", "watchable", "whyNoPicture", "whyNoSound", "viewers",
 * "tracks": [{"kind", "codec"}], "lastFailure", "report"}]}}. {@code ready} is false while the part that runs cameras is not there,
 * {@code state} the {@link StreamState} in lower case. {@code lastFailure} is there once a camera has failed,
 * {@code report} ({@link CameraReport}) while it is open.
 */
@Component(service = SignalingDialect.class, property = "service.ranking:Integer=-45")
public final class CamerasDialect implements SignalingDialect {

    private static final Set<StreamState> OPEN = Set.of(StreamState.ACTIVE, StreamState.LINGERING);

    private final CameraStates states;

    @Activate
    public CamerasDialect(@Reference CameraStates states) {
        this.states = states;
    }

    @Override
    public boolean accepts(HttpCall call) {
        return call.path().equals("/api/oriel/cameras")
                && (call.method().equals("GET") || call.method().equals("HEAD"));
    }

    @Override
    public CompletionStage<HttpReply> answer(HttpCall call, StreamRelay relay) {
        var running = states.byName();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("ready", relay != AbsentRelay.INSTANCE);
        body.put(
                "cameras",
                relay.cameras().stream()
                        .map(camera -> described(camera, Optional.ofNullable(running.get(camera.name())), relay))
                        .toList());
        return CompletableFuture.completedFuture(
                HttpReply.text(200, "application/json", Json.compact(body)).with("Cache-Control", "no-store"));
    }

    private static Map<String, Object> described(
            CameraSource camera, Optional<StreamStatus> status, StreamRelay relay) {
        boolean watchable = relay.canWatch(camera);
        String why = status.map(StreamStatus::whyNoPicture).orElse("");
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("name", camera.name().value());
        described.put(
                "state",
                status.map(StreamStatus::state).orElse(StreamState.IDLE).name().toLowerCase(Locale.ROOT));
        described.put("watchable", watchable);
        described.put(
                "whyNoPicture", why.isEmpty() && !watchable ? "Nothing is installed that can show this camera." : why);
        described.put("whyNoSound", status.map(StreamStatus::whyNoSound).orElse(""));
        described.put(
                "viewers",
                relay.viewers().stream()
                        .filter(viewer -> viewer.stream().equals(camera.name()))
                        .count());
        described.put(
                "tracks",
                status.map(StreamStatus::tracks).orElse(List.of()).stream()
                        .filter(track -> track.kind() != MediaKind.APPLICATION)
                        .map(CamerasDialect::described)
                        .toList());
        status.flatMap(StreamStatus::lastFailure)
                .ifPresent(failure -> described.put("lastFailure", failure.sentence()));
        status.filter(running -> OPEN.contains(running.state()))
                .ifPresent(running -> described.put("report", CameraReport.of(running.report())));
        return described;
    }

    private static Map<String, String> described(Track track) {
        Map<String, String> described = new LinkedHashMap<>();
        described.put("kind", track.kind().name().toLowerCase(Locale.ROOT));
        described.put("codec", track.codec().encodingName());
        return described;
    }
}
