package dev.oriel.discovery;

import dev.oriel.api.discovery.ProbeResult;
import dev.oriel.api.discovery.ProbeResult.Verdict;
import dev.oriel.api.discovery.ServerProbe;
import dev.oriel.api.discovery.ServerType;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Recognises RTSPtoWeb by the list of its streams: {@code GET /streams} answers with its envelope. */
@Component(service = ServerProbe.class)
public final class RtspToWebProbe implements ServerProbe {

    private final Web web;

    @Activate
    public RtspToWebProbe(@Reference Web web) {
        this.web = web;
    }

    @Override
    public ServerType type() {
        return ServerType.RTSP_TO_WEB;
    }

    @Override
    public CompletionStage<ProbeResult> probe(URI server) {
        return web.get(server, "/streams").thenApply(RtspToWebProbe::judge);
    }

    /** What follows from the answer to {@code GET /streams}. */
    static ProbeResult judge(Look streams) {
        if (!(streams instanceof Look.Answer answer)) {
            return new ProbeResult(Verdict.UNREACHABLE, List.of(streams.line()));
        }
        if (answer.isUnauthorized()) {
            return result(Verdict.UNAUTHORIZED, answer, "it wants a login");
        }
        Optional<Envelope> envelope = Envelope.read(answer.text());
        boolean isList = envelope.map(Envelope::payloadIsList).orElse(false)
                || answer.body().length >= Web.MAX_BODY_BYTES && Envelope.beginsLikeOne(answer.text());
        if (answer.isGood() && isList && envelope.map(Envelope::isSuccess).orElse(true)) {
            return result(Verdict.MATCH, answer, "the body is RTSPtoWeb's list of streams");
        }
        if (answer.isFailure()) {
            return result(Verdict.FAILURE, answer, "the server reports a failure of its own");
        }
        return result(Verdict.NO_MATCH, answer, "the body is not RTSPtoWeb's list of streams");
    }

    private static ProbeResult result(Verdict verdict, Look.Answer answer, String conclusion) {
        return new ProbeResult(verdict, List.of(answer.line(), conclusion));
    }
}
