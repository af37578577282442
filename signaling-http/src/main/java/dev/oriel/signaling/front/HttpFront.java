package dev.oriel.signaling.front;

import dev.oriel.api.signaling.HttpCall;
import dev.oriel.api.signaling.HttpReply;
import dev.oriel.api.signaling.SignalingDialect;
import dev.oriel.api.viewer.StreamRelay;
import dev.oriel.signaling.background.Background;
import dev.oriel.signaling.source.AbsentRelay;
import dev.oriel.signaling.wire.Cors;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way from a request to its answer: finds the dialect whose request it is, contains whatever goes wrong in it, and
 * answers in time. Safe on any thread; no method blocks.
 *
 * <p>Dialects and relay come and go while it runs; without a relay dialects are given {@link AbsentRelay}.
 */
@Component(service = HttpFront.class, property = "oriel.signaling.internal=true")
public final class HttpFront {

    /** What callers are promised; clients give up after ten seconds. */
    static final long ANSWER_TIMEOUT_MILLIS = 9_000;

    private static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);
    private static final String TEXT = "text/plain; charset=utf-8";

    private final Background background;
    private final Dialects dialects = new Dialects();

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable StreamRelay relay;

    @Activate
    public HttpFront(@Reference Background background) {
        this.background = background;
    }

    /** The same with a relay that stays. */
    public HttpFront(Background background, StreamRelay relay) {
        this.background = background;
        this.relay = relay;
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void bindDialect(SignalingDialect dialect, Map<String, Object> properties) {
        dialects.put(dialect, properties);
    }

    public void updatedDialect(SignalingDialect dialect, Map<String, Object> properties) {
        dialects.put(dialect, properties);
    }

    public void unbindDialect(SignalingDialect dialect) {
        dialects.remove(dialect);
    }

    /** @return always completes with a reply, within nine seconds; never with a failure */
    public CompletionStage<HttpReply> answer(Incoming request) {
        if (request.path().isEmpty()) {
            // Pages refer to their parts relative to the slash.
            return CompletableFuture.completedFuture(HttpReply.empty(308).with("Location", request.mount() + "/"));
        }
        HttpCall call;
        try {
            call = request.call();
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(HttpReply.text(400, TEXT, "400 bad request"));
        }
        return dialects.accepting(call)
                .map(dialect -> answer(request, call, dialect))
                .orElseGet(() -> CompletableFuture.completedFuture(nobody(call)))
                .thenApply(reply -> mounted(reply, request.mount()));
    }

    private CompletionStage<HttpReply> answer(Incoming request, HttpCall call, SignalingDialect dialect) {
        if (request.body() instanceof Incoming.Body.TooLong) {
            return CompletableFuture.completedFuture(refusal(
                    dialect, call, 413, "The body of a request has at most " + HttpCall.MAX_BODY_BYTES + " bytes."));
        }
        StreamRelay current = relay;
        CompletionStage<HttpReply> reply;
        try {
            reply = dialect.answer(call, current == null ? AbsentRelay.INSTANCE : current);
        } catch (RuntimeException | LinkageError e) {
            reply = CompletableFuture.failedFuture(e);
        }
        CompletableFuture<HttpReply> answer = new CompletableFuture<>();
        reply.whenComplete((result, failure) -> {
            if (failure == null && result != null) {
                answer.complete(result);
            } else {
                LOG.error("{} failed to answer {} {}", dialect, call.method(), call.path(), failure);
                answer.complete(refusal(dialect, call, 500, "The server failed to answer; its log says why."));
            }
        });
        if (!answer.isDone()) {
            Background.Alarm alarm = background.after(
                    ANSWER_TIMEOUT_MILLIS,
                    () -> answer.complete(refusal(dialect, call, 504, "The camera was not ready in time.")));
            answer.whenComplete((done, failure) -> alarm.cancel());
        }
        return answer;
    }

    private static HttpReply refusal(SignalingDialect dialect, HttpCall call, int status, String sentence) {
        try {
            return dialect.refusal(call, status, sentence);
        } catch (RuntimeException | LinkageError e) {
            LOG.error("{} failed to word a refusal", dialect, e);
            return HttpReply.text(status, TEXT, sentence + "\n");
        }
    }

    /** As the servers we stand in for: every path may be asked for its options, and the rest is not found. */
    private static HttpReply nobody(HttpCall call) {
        return call.method().equals("OPTIONS")
                ? Cors.OPEN.on(call, HttpReply.empty(204), List.of())
                : HttpReply.text(404, TEXT, "404 page not found");
    }

    private static HttpReply mounted(HttpReply reply, String mount) {
        Optional<HttpReply.Header> own = reply.headers().stream()
                .filter(header -> header.name().equalsIgnoreCase("Location")
                        && header.value().startsWith("/"))
                .findFirst();
        if (mount.isEmpty() || own.isEmpty()) {
            return reply;
        }
        List<HttpReply.Header> headers = reply.headers().stream()
                .map(header ->
                        header.equals(own.get()) ? new HttpReply.Header(header.name(), mount + header.value()) : header)
                .toList();
        return new HttpReply(reply.status(), headers, reply.body());
    }
}
