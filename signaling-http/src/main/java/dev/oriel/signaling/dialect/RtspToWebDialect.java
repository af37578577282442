package dev.oriel.signaling.dialect;

import dev.oriel.api.camera.CameraSource;
import dev.oriel.api.camera.StreamName;
import dev.oriel.api.failure.OfferRejected;
import dev.oriel.api.failure.StreamNotFound;
import dev.oriel.api.hub.StreamState;
import dev.oriel.api.hub.StreamStatus;
import dev.oriel.api.media.MediaKind;
import dev.oriel.api.media.Track;
import dev.oriel.api.signaling.HttpCall;
import dev.oriel.api.signaling.HttpReply;
import dev.oriel.api.signaling.SignalingDialect;
import dev.oriel.api.viewer.Offer;
import dev.oriel.api.viewer.StreamRelay;
import dev.oriel.signaling.background.Background;
import dev.oriel.signaling.settings.SignalingSettings;
import dev.oriel.signaling.source.AddedCameras;
import dev.oriel.signaling.source.CameraStates;
import dev.oriel.signaling.source.SourceGate;
import dev.oriel.signaling.wire.Base64Text;
import dev.oriel.signaling.wire.Cors;
import dev.oriel.signaling.wire.Form;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The habits of RTSPtoWeb, which openHAB's video widget speaks too: an offer in a form, an answer as bare base64 text, and
 * everything else in an envelope {@code {"status": …, "payload": …}}.
 *
 * <p>Channel {@code 0} of a stream is the camera of its name, channel {@code x} the camera named {@code name~x}. URLs are
 * told without credentials. What {@link Changes} says of cameras that clients add is part of it.
 */
@Component(service = SignalingDialect.class, property = "service.ranking:Integer=-30")
public final class RtspToWebDialect implements SignalingDialect {

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final List<HttpReply.Header> CORS_HEADERS = List.of(
            new HttpReply.Header(
                    "Access-Control-Allow-Headers",
                    "Content-Type, Content-Length, Accept-Encoding, X-CSRF-Token, Authorization, accept, origin, "
                            + "Cache-Control, X-Requested-With"),
            new HttpReply.Header("Access-Control-Allow-Methods", "POST, OPTIONS, GET, PUT, DELETE"));

    private final Cors cors;
    private final CameraStates states;
    private final Changes changes;

    @Activate
    public RtspToWebDialect(
            @Reference SignalingSettings settings,
            @Reference Background background,
            @Reference CameraStates states,
            @Reference AddedCameras added) {
        this(settings.cors(), new SourceGate(settings.policy(), background, SourceGate.Resolver.SYSTEM), states, added);
    }

    /** The same with parts that are given. */
    RtspToWebDialect(Cors cors, SourceGate gate, CameraStates states, AddedCameras added) {
        this.cors = cors;
        this.states = states;
        this.changes = new Changes(gate, added);
    }

    @Override
    public boolean accepts(HttpCall call) {
        Segments path = Segments.of(call);
        boolean channel = path.match("stream", "*", "channel", "*", "*");
        return switch (call.method()) {
            case "POST" -> channel && path.part(4).equals("webrtc") || Changes.isRoute(call.method(), path);
            case "GET", "HEAD" ->
                path.match("streams")
                        || path.match("stream", "*", "info")
                        || channel
                                && (path.part(4).equals("info") || path.part(4).equals("codec"))
                        || Changes.isRoute(call.method(), path);
            case "OPTIONS" -> path.part(0).equals("streams") || path.part(0).equals("stream");
            default -> false;
        };
    }

    @Override
    public CompletionStage<HttpReply> answer(HttpCall call, StreamRelay relay) {
        return reply(call, Segments.of(call), relay).thenApply(answer -> cors.on(call, answer, CORS_HEADERS));
    }

    @Override
    public HttpReply refusal(HttpCall call, int status, String sentence) {
        return cors.on(call, Envelope.failure(status, sentence), CORS_HEADERS);
    }

    private CompletionStage<HttpReply> reply(HttpCall call, Segments path, StreamRelay relay) {
        if (call.method().equals("OPTIONS")) {
            return CompletableFuture.completedFuture(HttpReply.empty(204));
        }
        if (Changes.isRoute(call.method(), path)) {
            return changes.answer(call, path, relay);
        }
        if (path.match("stream", "*", "channel", "*", "webrtc")) {
            return webrtc(call, path, relay);
        }
        if (path.match("stream", "*", "channel", "*", "codec")) {
            return codec(path);
        }
        return CompletableFuture.completedFuture(described(path, relay));
    }

    private static CompletionStage<HttpReply> webrtc(HttpCall call, Segments path, StreamRelay relay) {
        Optional<StreamName> name = camera(path.part(1), path.part(3));
        if (name.isEmpty()) {
            return CompletableFuture.completedFuture(Envelope.failure(500, Envelope.NOT_FOUND));
        }
        Offer offer;
        try {
            offer = new Offer(Base64Text.decode(Form.of(call)
                    .text("data")
                    .orElseThrow(() -> new IllegalArgumentException("the field data is missing"))));
        } catch (OfferRejected | IllegalArgumentException e) {
            return CompletableFuture.completedFuture(Envelope.failure(400, String.valueOf(e.getMessage())));
        }
        return relay.watch(name.get(), offer)
                .thenApply(session -> HttpReply.text(200, TEXT, Base64Text.encode(session.answer())))
                .exceptionally(Envelope::failure);
    }

    private CompletionStage<HttpReply> codec(Segments path) {
        return camera(path.part(1), path.part(3))
                .map(states::tracks)
                .orElseGet(() -> CompletableFuture.failedFuture(new StreamNotFound(Envelope.NOT_FOUND)))
                .thenApply(tracks -> Envelope.success(codecs(tracks)))
                .exceptionally(Envelope::failure);
    }

    private HttpReply described(Segments path, StreamRelay relay) {
        Map<String, Map<String, Object>> streams = streams(relay);
        if (path.match("streams")) {
            return Envelope.success(streams);
        }
        Map<String, Object> stream = streams.get(path.part(1));
        if (stream == null) {
            return Envelope.failure(500, Envelope.NOT_FOUND);
        }
        if (path.match("stream", "*", "info")) {
            // The struct's own order, where the list of all streams is sorted by key.
            Map<String, Object> info = new LinkedHashMap<>();
            info.put("name", stream.get("name"));
            info.put("channels", stream.get("channels"));
            return Envelope.success(info);
        }
        @Nullable Object channel = ((Map<?, ?>) stream.getOrDefault("channels", Map.of())).get(path.part(3));
        return channel == null ? Envelope.failure(500, Envelope.NOT_FOUND) : Envelope.success(channel);
    }

    private Map<String, Map<String, Object>> streams(StreamRelay relay) {
        Map<StreamName, StreamStatus> running = states.byName();
        Map<String, Map<String, Object>> streams = new TreeMap<>();
        for (CameraSource camera : relay.cameras()) {
            String name = camera.name().value();
            int tilde = name.lastIndexOf('~');
            String stream = tilde > 0 && tilde + 1 < name.length() ? name.substring(0, tilde) : name;
            Map<String, Object> entry = streams.computeIfAbsent(stream, absent -> {
                Map<String, Object> fresh = new TreeMap<>();
                fresh.put("channels", new TreeMap<String, Object>());
                fresh.put("name", stream);
                return fresh;
            });
            @SuppressWarnings("unchecked")
            Map<String, Object> channels = (Map<String, Object>) entry.get("channels");
            if (channels != null) {
                channels.put(stream.equals(name) ? "0" : name.substring(tilde + 1), channel(camera, running));
            }
        }
        return streams;
    }

    private static Map<String, Object> channel(CameraSource camera, Map<StreamName, StreamStatus> running) {
        Map<String, Object> channel = new TreeMap<>();
        StreamStatus status = running.get(camera.name());
        channel.put("name", camera.name().value());
        switch (camera.options().audio()) {
            case TAKEN -> channel.put("audio", true);
            case IGNORED -> {}
        }
        switch (camera.options().running()) {
            case ON_DEMAND -> channel.put("on_demand", true);
            case ALWAYS -> {}
        }
        if (status != null && (status.state() == StreamState.ACTIVE || status.state() == StreamState.LINGERING)) {
            channel.put("status", 1);
        }
        channel.put("url", camera.location().url());
        return channel;
    }

    private static List<Map<String, String>> codecs(List<Track> tracks) {
        return tracks.stream()
                .filter(track -> track.kind() != MediaKind.APPLICATION)
                .map(track -> {
                    Map<String, String> codec = new LinkedHashMap<>();
                    codec.put("Type", track.kind() == MediaKind.VIDEO ? "video" : "audio");
                    codec.put("Codec", track.codec().encodingName());
                    return codec;
                })
                .toList();
    }

    /** The camera behind a stream and a channel; empty if it cannot have a name. */
    static Optional<StreamName> camera(String stream, String channel) {
        return Segments.name(channel.equals("0") ? stream : stream + "~" + channel);
    }
}
