package dev.oriel.signaling.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.oriel.api.camera.CameraOptions;
import dev.oriel.api.camera.CameraSource;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.camera.StreamName;
import dev.oriel.api.signaling.HttpCall;
import dev.oriel.api.signaling.HttpReply;
import dev.oriel.api.viewer.StreamRelay;
import dev.oriel.signaling.source.AddedCameras;
import dev.oriel.signaling.source.SourceGate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The routes of RTSPtoWeb that change cameras: {@code add}, {@code edit}, {@code delete} and {@code reload} of a stream or
 * of one channel.
 *
 * <p>Home Assistant adds each camera by them before it is watched. What is added is open on demand, whatever
 * {@code on_demand} says, and is forgotten with the process. Cameras from elsewhere, such as the configuration, cannot be
 * changed; naming one with the URL it has is a success, as is adding what is there.
 */
final class Changes {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Set<String> VERBS = Set.of("add", "edit", "delete", "reload");
    private static final int MAX_CHANNELS = 16;

    private final SourceGate gate;
    private final AddedCameras added;

    /** A camera as a client describes it. */
    private record Described(StreamName name, SourceLocation location, CameraOptions options) implements CameraSource {}

    Changes(SourceGate gate, AddedCameras added) {
        this.gate = gate;
        this.added = added;
    }

    /** Whether a path is one of these routes; GET where nothing is sent, as in the original. */
    static boolean isRoute(String method, Segments path) {
        String verb = path.part(path.parts().size() - 1);
        boolean shape = path.match("stream", "*", "*") || path.match("stream", "*", "channel", "*", "*");
        boolean sends = verb.equals("add") || verb.equals("edit");
        return shape && VERBS.contains(verb) && sends == method.equals("POST")
                || path.match("streams", "multi", "control", "*");
    }

    CompletionStage<HttpReply> answer(HttpCall call, Segments path, StreamRelay relay) {
        if (path.part(0).equals("streams")) {
            return now(Envelope.failure(501, "several streams at once cannot be changed here"));
        }
        try {
            return switch (path.part(path.parts().size() - 1)) {
                case "add" -> put(described(call, path), relay);
                case "edit" -> known(path, relay).isEmpty() ? notFound() : put(described(call, path), relay);
                case "delete" -> delete(known(path, relay));
                default -> known(path, relay).isEmpty() ? notFound() : now(Envelope.success("success"));
            };
        } catch (IOException e) {
            return now(Envelope.failure(400, "the body is not valid JSON"));
        } catch (IllegalArgumentException e) {
            return now(Envelope.failure(400, String.valueOf(e.getMessage())));
        }
    }

    private CompletionStage<HttpReply> put(List<Described> cameras, StreamRelay relay) {
        CompletionStage<HttpReply> reply = now(Envelope.success("success"));
        for (Described camera : cameras) {
            reply = reply.thenCompose(before -> before.status() == 200 ? put(camera, relay) : now(before));
        }
        return reply;
    }

    private CompletionStage<HttpReply> put(Described camera, StreamRelay relay) {
        Optional<CameraSource> foreign = relay.cameras().stream()
                .filter(known -> known.name().equals(camera.name()) && !added.holds(camera.name()))
                .findFirst();
        if (foreign.isPresent()) {
            return now(
                    foreign.get().location().equals(camera.location())
                            ? Envelope.success("success")
                            : Envelope.failure(
                                    500, "the stream is configured on the server and cannot be changed here"));
        }
        return gate.open(camera.location())
                .thenApply(admitted -> new Described(camera.name(), admitted.location(), camera.options()))
                .thenApply(admitted -> switch (added.put(admitted)) {
                    case DONE -> Envelope.success("success");
                    case FULL -> Envelope.failure(500, "too many streams were added");
                })
                .exceptionally(Envelope::failure);
    }

    private CompletionStage<HttpReply> delete(List<StreamName> names) {
        if (names.isEmpty()) {
            return notFound();
        }
        if (!names.stream().allMatch(added::holds)) {
            return now(Envelope.failure(500, "the stream is configured on the server and cannot be changed here"));
        }
        names.forEach(added::remove);
        return now(Envelope.success("success"));
    }

    /** The cameras that a path means: one channel, or all of a stream. */
    private static List<StreamName> known(Segments path, StreamRelay relay) {
        boolean channel = path.parts().size() == 5;
        String stream = path.part(1);
        return relay.cameras().stream()
                .map(CameraSource::name)
                .filter(name -> channel
                        ? RtspToWebDialect.camera(stream, path.part(3)).equals(Optional.of(name))
                        : name.value().equals(stream) || name.value().startsWith(stream + "~"))
                .toList();
    }

    private static List<Described> described(HttpCall call, Segments path) throws IOException {
        JsonNode body = MAPPER.readTree(call.body().toArray());
        if (body == null || !body.isObject()) {
            throw new IllegalArgumentException("a JSON object is expected");
        }
        if (path.parts().size() == 5) {
            return List.of(described(path.part(1), path.part(3), body));
        }
        List<Described> cameras = new ArrayList<>();
        for (Map.Entry<String, JsonNode> channel : iterable(body.path("channels"))) {
            cameras.add(described(path.part(1), channel.getKey(), channel.getValue()));
        }
        if (cameras.isEmpty() || cameras.size() > MAX_CHANNELS) {
            throw new IllegalArgumentException("a stream has 1 to " + MAX_CHANNELS + " channels");
        }
        return cameras;
    }

    private static Described described(String stream, String channel, JsonNode description) {
        StreamName name = RtspToWebDialect.camera(stream, channel)
                .orElseThrow(
                        () -> new IllegalArgumentException("the name of the stream holds a character it must not"));
        CameraOptions.Audio audio =
                description.path("audio").asBoolean(true) ? CameraOptions.Audio.TAKEN : CameraOptions.Audio.IGNORED;
        return new Described(
                name, SourceLocation.parse(description.path("url").asText("")), CameraOptions.DEFAULT.with(audio));
    }

    private static Iterable<Map.Entry<String, JsonNode>> iterable(JsonNode object) {
        return object::fields;
    }

    private static CompletionStage<HttpReply> notFound() {
        return now(Envelope.failure(500, Envelope.NOT_FOUND));
    }

    private static CompletionStage<HttpReply> now(HttpReply reply) {
        return CompletableFuture.completedFuture(reply);
    }
}
