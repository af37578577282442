package dev.oriel.signaling.dialect;

import dev.oriel.api.camera.CameraSource;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.camera.StreamName;
import dev.oriel.api.failure.OfferRejected;
import dev.oriel.api.failure.StreamNotFound;
import dev.oriel.api.media.MediaKind;
import dev.oriel.api.media.Track;
import dev.oriel.api.signaling.HttpCall;
import dev.oriel.api.signaling.HttpReply;
import dev.oriel.api.signaling.SignalingDialect;
import dev.oriel.api.viewer.Offer;
import dev.oriel.api.viewer.StreamRelay;
import dev.oriel.api.viewer.ViewerSession;
import dev.oriel.signaling.background.Background;
import dev.oriel.signaling.settings.SignalingSettings;
import dev.oriel.signaling.source.CameraStates;
import dev.oriel.signaling.source.SourceGate;
import dev.oriel.signaling.wire.Base64Text;
import dev.oriel.signaling.wire.Cors;
import dev.oriel.signaling.wire.Form;
import dev.oriel.signaling.wire.Json;
import dev.oriel.signaling.wire.PercentDecoding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The habits of RTSPtoWebRTC: {@code POST /stream} with the URL of any camera, and the two routes of its demo page.
 *
 * <p>Failures of {@code /stream} are 500 with {@code {"error": …}}, those of the demo page's routes 200 without a body. A
 * camera that is not known by its URL is opened for its viewers, if the settings allow its host.
 */
@Component(service = SignalingDialect.class, property = "service.ranking:Integer=-20")
public final class RtspToWebRtcDialect implements SignalingDialect {

    private static final String JSON = "application/json; charset=utf-8";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final List<HttpReply.Header> CORS_HEADERS = List.of(
            new HttpReply.Header(
                    "Access-Control-Allow-Headers",
                    "Origin, X-Requested-With, Content-Type, Accept, Authorization, x-access-token"),
            new HttpReply.Header(
                    "Access-Control-Expose-Headers",
                    "Content-Length, Access-Control-Allow-Origin, Access-Control-Allow-Headers, Cache-Control, "
                            + "Content-Language, Content-Type"),
            new HttpReply.Header("Access-Control-Allow-Methods", "POST, OPTIONS, GET, PUT"));

    private final Cors cors;
    private final SourceGate gate;
    private final CameraStates states;

    @Activate
    public RtspToWebRtcDialect(
            @Reference SignalingSettings settings, @Reference Background background, @Reference CameraStates states) {
        this(settings.cors(), new SourceGate(settings.policy(), background, SourceGate.Resolver.SYSTEM), states);
    }

    /** The same with parts that are given. */
    RtspToWebRtcDialect(Cors cors, SourceGate gate, CameraStates states) {
        this.cors = cors;
        this.gate = gate;
        this.states = states;
    }

    @Override
    public boolean accepts(HttpCall call) {
        Segments path = Segments.of(call);
        return switch (call.method()) {
            case "POST" -> path.match("stream") || path.match("stream", "") || path.match("stream", "receiver", "*");
            case "GET", "HEAD" ->
                path.match("stream", "codec", "*") || path.match("stream", "player", "*") || isStatic(path);
            case "OPTIONS" -> path.part(0).equals("stream") && path.parts().size() <= 3 || isStatic(path);
            default -> false;
        };
    }

    @Override
    public CompletionStage<HttpReply> answer(HttpCall call, StreamRelay relay) {
        Segments path = Segments.of(call);
        CompletionStage<HttpReply> reply;
        if (call.method().equals("OPTIONS")) {
            reply = CompletableFuture.completedFuture(HttpReply.empty(204));
        } else if (path.match("stream", "")) {
            // The original's redirects carry no CORS headers, and so no page can follow them.
            return CompletableFuture.completedFuture(HttpReply.empty(307).with("Location", "/stream"));
        } else if (path.match("stream", "player", "*")) {
            return CompletableFuture.completedFuture(
                    HttpReply.empty(302).with("Location", "/watch.html?name=" + PercentDecoding.segment(path.part(2))));
        } else if (path.match("stream")) {
            reply = stream(call, relay);
        } else if (path.match("stream", "receiver", "*")) {
            reply = receiver(call, relay);
        } else if (path.match("stream", "codec", "*")) {
            reply = codec(path.part(2));
        } else {
            reply = CompletableFuture.completedFuture(
                    HttpReply.text(200, "text/html; charset=utf-8", "<pre>\n</pre>\n"));
        }
        return reply.thenApply(answer -> cors.on(call, answer, CORS_HEADERS));
    }

    @Override
    public HttpReply refusal(HttpCall call, int status, String sentence) {
        return cors.on(call, error(status, sentence), CORS_HEADERS);
    }

    private CompletionStage<HttpReply> stream(HttpCall call, StreamRelay relay) {
        return watch(call, relay)
                .thenApply(session -> {
                    List<String> tracks = Answered.tracks(session.answer());
                    Map<String, Object> body = new LinkedHashMap<>();
                    body.put("tracks", tracks.isEmpty() ? null : tracks);
                    body.put("sdp64", Base64Text.encode(session.answer()));
                    return HttpReply.text(200, JSON, Json.compact(body));
                })
                .exceptionally(thrown -> {
                    var failure = Reason.under(thrown);
                    return error(status(Reason.of(failure)), failure.sentence());
                });
    }

    private CompletionStage<ViewerSession> watch(HttpCall call, StreamRelay relay) {
        Form form = Form.of(call);
        try {
            SourceLocation location = SourceLocation.parse(
                    form.text("url").orElseThrow(() -> new IllegalArgumentException("The field url is missing.")));
            Offer offer = offer(form, "sdp64");
            Optional<CameraSource> known = relay.cameras().stream()
                    .filter(camera -> camera.location().normalised().equals(location.normalised()))
                    .findFirst();
            return known.isPresent()
                    ? relay.watch(known.get().name(), offer)
                    : gate.open(location).thenCompose(camera -> relay.watch(camera, offer));
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(new OfferRejected(String.valueOf(e.getMessage())));
        } catch (OfferRejected e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** The id in the path is not looked at; the original takes the one of the form. */
    private static CompletionStage<HttpReply> receiver(HttpCall call, StreamRelay relay) {
        Form form = Form.of(call);
        CompletionStage<ViewerSession> session;
        try {
            StreamName name = form.text("suuid")
                    .flatMap(Segments::name)
                    .orElseThrow(() -> new StreamNotFound("that the form could mean"));
            session = relay.watch(name, offer(form, "data"));
        } catch (StreamNotFound | OfferRejected | IllegalArgumentException e) {
            return CompletableFuture.completedFuture(HttpReply.text(200, TEXT, ""));
        }
        return session.handle((viewer, thrown) -> {
            if (thrown != null) {
                Reason.under(thrown);
                return HttpReply.text(200, TEXT, "");
            }
            return HttpReply.text(200, TEXT, Base64Text.encode(viewer.answer()));
        });
    }

    private CompletionStage<HttpReply> codec(String id) {
        return Segments.name(id)
                .map(states::tracks)
                .orElseGet(() -> CompletableFuture.completedFuture(List.of()))
                .handle((tracks, thrown) -> {
                    if (thrown != null) {
                        Reason.under(thrown);
                    }
                    List<Map<String, String>> types = thrown != null ? List.of() : types(tracks);
                    return HttpReply.text(200, TEXT, types.isEmpty() ? "" : Json.compact(types));
                });
    }

    private static List<Map<String, String>> types(List<Track> tracks) {
        return tracks.stream()
                .filter(track -> track.kind() != MediaKind.APPLICATION)
                .map(track -> Map.of("Type", track.kind() == MediaKind.VIDEO ? "video" : "audio"))
                .toList();
    }

    private static Offer offer(Form form, String field) {
        return new Offer(Base64Text.decode(form.text(field)
                .orElseThrow(() -> new IllegalArgumentException("The field " + field + " is missing."))));
    }

    private static boolean isStatic(Segments path) {
        return path.match("static") || path.match("static", "");
    }

    private static int status(Reason reason) {
        return switch (reason) {
            case STREAM_NOT_FOUND,
                    CAMERA_UNREACHABLE,
                    CAMERA_REFUSED,
                    CAMERA_UNSUPPORTED,
                    NO_COMMON_CODEC,
                    OFFER_REJECTED,
                    NOT_ALLOWED -> 500;
            case NO_ENGINE -> 503;
        };
    }

    private static HttpReply error(int status, String sentence) {
        HttpReply reply = HttpReply.text(status, JSON, Json.compact(Map.of("error", sentence)));
        return status == 503 ? reply.with("Retry-After", "5") : reply;
    }
}
