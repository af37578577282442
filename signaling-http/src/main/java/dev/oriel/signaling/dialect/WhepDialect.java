package dev.oriel.signaling.dialect;

import dev.oriel.api.camera.StreamName;
import dev.oriel.api.failure.OfferRejected;
import dev.oriel.api.failure.RelayException;
import dev.oriel.api.failure.StreamNotFound;
import dev.oriel.api.signaling.HttpCall;
import dev.oriel.api.signaling.HttpReply;
import dev.oriel.api.signaling.SignalingDialect;
import dev.oriel.api.viewer.Offer;
import dev.oriel.api.viewer.StreamRelay;
import dev.oriel.api.viewer.ViewerSession;
import dev.oriel.signaling.settings.SignalingSettings;
import dev.oriel.signaling.wire.Cors;
import dev.oriel.signaling.wire.Json;
import dev.oriel.signaling.wire.PercentDecoding;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * WHEP (draft-ietf-wish-whep-03): {@code /name/whep} takes offers, {@code /name/whep/session} takes candidates, restarts
 * and the end.
 *
 * <p>An entity tag names the ICE session. Players of other servers send {@code If-Match: *} with everything, or nothing at
 * all; only a tag that is there and out of date is refused. The tag of a session that has restarted is the one thing kept
 * here, until the session ends; where it was lost with the bundle, the first tag counts again.
 */
@Component(service = SignalingDialect.class, property = "service.ranking:Integer=-10")
public final class WhepDialect implements SignalingDialect {

    private static final String SDP = "application/sdp";
    private static final String FRAGMENT = "application/trickle-ice-sdpfrag";
    private static final String PROBLEM = "application/problem+json";
    private static final String METHODS = "OPTIONS, GET, HEAD, POST, PATCH, DELETE";
    private static final String RETRY_SECONDS = "5";
    private static final List<HttpReply.Header> EXPOSED = List.of(new HttpReply.Header(
            "Access-Control-Expose-Headers", "ETag, ID, Accept-Post, Accept-Patch, Link, Location, Retry-After"));
    private static final List<HttpReply.Header> PREFLIGHT = List.of(
            new HttpReply.Header("Access-Control-Allow-Methods", METHODS),
            new HttpReply.Header("Access-Control-Allow-Headers", "Authorization, Content-Type, If-Match"),
            EXPOSED.get(0));

    private final Cors cors;
    private final Map<String, String> tagsAfterRestart = new ConcurrentHashMap<>();

    @Activate
    public WhepDialect(@Reference SignalingSettings settings) {
        this(settings.cors());
    }

    /** The same with parts that are given. */
    WhepDialect(Cors cors) {
        this.cors = cors;
    }

    @Override
    public boolean accepts(HttpCall call) {
        Segments path = Segments.of(call);
        return path.match("*", "whep") || path.match("*", "whep", "*");
    }

    @Override
    public CompletionStage<HttpReply> answer(HttpCall call, StreamRelay relay) {
        Segments path = Segments.of(call);
        boolean endpoint = path.parts().size() == 2;
        if (call.method().equals("OPTIONS")) {
            HttpReply options = HttpReply.empty(204);
            return CompletableFuture.completedFuture(cors.on(
                    call,
                    endpoint ? options.with("Accept-Post", SDP) : options.with("Accept-Patch", FRAGMENT),
                    PREFLIGHT));
        }
        CompletionStage<HttpReply> reply = endpoint
                ? endpoint(call, path.part(0), relay)
                : relay.session(path.part(2))
                        .map(session -> session(call, session))
                        .orElseGet(() -> CompletableFuture.completedFuture(
                                problem(404, "Not Found", "There is no such session; it may have ended.")));
        return reply.exceptionally(thrown -> failure(Reason.under(thrown)))
                .thenApply(answer -> cors.on(call, answer, EXPOSED));
    }

    @Override
    public HttpReply refusal(HttpCall call, int status, String sentence) {
        return cors.on(call, problem(status, title(status), sentence), EXPOSED);
    }

    private static CompletionStage<HttpReply> endpoint(HttpCall call, String stream, StreamRelay relay) {
        Optional<StreamName> name = Segments.name(stream);
        if (name.isEmpty()) {
            return CompletableFuture.completedFuture(problem(404, title(404), "There is no stream of that name."));
        }
        return switch (call.method()) {
            case "POST" -> offer(call, name.get(), relay);
            case "GET", "HEAD" -> CompletableFuture.completedFuture(found(call, name.get(), relay));
            default -> CompletableFuture.completedFuture(notAllowed(call, "OPTIONS, GET, HEAD, POST"));
        };
    }

    private static CompletionStage<HttpReply> offer(HttpCall call, StreamName name, StreamRelay relay) {
        if (!call.mediaType().equals(SDP)) {
            return CompletableFuture.completedFuture(
                    problem(415, title(415), "An offer is sent as " + SDP + ".").with("Accept-Post", SDP));
        }
        String sdp = text(call);
        if (sdp.isBlank()) {
            return CompletableFuture.failedFuture(new OfferRejected("The offer is empty."));
        }
        try {
            return relay.watch(name, new Offer(sdp)).thenApply(session -> created(name, session));
        } catch (OfferRejected e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static HttpReply created(StreamName name, ViewerSession session) {
        return HttpReply.text(201, SDP, session.answer())
                .with("Location", "/" + PercentDecoding.segment(name.value()) + "/whep/" + session.id())
                .with("ETag", tag(session.answer()))
                .with("Accept-Patch", FRAGMENT);
    }

    /** The draft wants success without content here, as a way to find out whether there is an endpoint. */
    private static HttpReply found(HttpCall call, StreamName name, StreamRelay relay) {
        if (relay.cameras().stream().noneMatch(camera -> camera.name().equals(name))) {
            return failure(new StreamNotFound(name.value()));
        }
        HttpReply reply =
                call.method().equals("HEAD") ? HttpReply.empty(200).with("Content-Type", SDP) : HttpReply.empty(204);
        return reply.with("Accept-Post", SDP);
    }

    private CompletionStage<HttpReply> session(HttpCall call, ViewerSession session) {
        return switch (call.method()) {
            case "PATCH" -> patch(call, session);
            case "DELETE" -> {
                session.close();
                yield CompletableFuture.completedFuture(HttpReply.empty(200));
            }
            case "GET", "HEAD" -> CompletableFuture.completedFuture(HttpReply.empty(204));
            default -> CompletableFuture.completedFuture(notAllowed(call, "OPTIONS, GET, HEAD, PATCH, DELETE"));
        };
    }

    private CompletionStage<HttpReply> patch(HttpCall call, ViewerSession session) {
        if (!call.mediaType().equals(FRAGMENT)) {
            return CompletableFuture.completedFuture(problem(415, title(415), "A change is sent as " + FRAGMENT + ".")
                    .with("Accept-Patch", FRAGMENT));
        }
        String current = tagsAfterRestart.getOrDefault(session.id(), tag(session.answer()));
        if (isOutdated(call.header("if-match").orElse("*"), current)) {
            return CompletableFuture.completedFuture(
                    problem(412, title(412), "The session's network path was negotiated anew since."));
        }
        return session.change(text(call)).thenApply(fragment -> {
            if (fragment.isEmpty()) {
                return HttpReply.empty(204);
            }
            String tag = tag(fragment);
            tagsAfterRestart.put(session.id(), tag);
            session.ended().whenComplete((reason, failure) -> tagsAfterRestart.remove(session.id()));
            return HttpReply.text(200, FRAGMENT, fragment).with("ETag", tag);
        });
    }

    /** A star counts with and without quotes: the draft prints the one, players send both. */
    private static boolean isOutdated(String ifMatch, String current) {
        for (String tag : ifMatch.split(",")) {
            String stripped = tag.strip();
            if (stripped.isEmpty() || stripped.equals("*") || stripped.equals("\"*\"") || stripped.equals(current)) {
                return false;
            }
        }
        return true;
    }

    private static HttpReply failure(RelayException failure) {
        String sentence = failure.sentence();
        return switch (Reason.of(failure)) {
            case STREAM_NOT_FOUND -> problem(404, title(404), sentence);
            case CAMERA_UNREACHABLE -> problem(409, title(409), sentence).with("Retry-After", RETRY_SECONDS);
            case CAMERA_REFUSED, CAMERA_UNSUPPORTED -> problem(502, title(502), sentence);
            case NO_COMMON_CODEC -> problem(422, title(422), sentence);
            case OFFER_REJECTED -> problem(400, title(400), sentence);
            case NO_ENGINE -> problem(503, title(503), sentence).with("Retry-After", RETRY_SECONDS);
            case NOT_ALLOWED -> problem(403, title(403), sentence);
        };
    }

    private static HttpReply notAllowed(HttpCall call, String allowed) {
        return problem(405, title(405), call.method() + " means nothing here.").with("Allow", allowed);
    }

    /** A problem (RFC 9457) with the member {@code error} besides, which the players of MediaMTX read. */
    private static HttpReply problem(int status, String title, String sentence) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "about:blank");
        body.put("title", title);
        body.put("status", status);
        body.put("detail", sentence);
        body.put("error", sentence);
        return HttpReply.text(status, PROBLEM, Json.compact(body));
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 409 -> "Conflict";
            case 412 -> "Precondition Failed";
            case 413 -> "Content Too Large";
            case 415 -> "Unsupported Media Type";
            case 422 -> "Unprocessable Content";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            default -> "Internal Server Error";
        };
    }

    private static String tag(String description) {
        return "\"" + PercentDecoding.segment(Answered.iceUfrag(description)) + "\"";
    }

    private static String text(HttpCall call) {
        return new String(call.body().toArray(), StandardCharsets.UTF_8);
    }
}
