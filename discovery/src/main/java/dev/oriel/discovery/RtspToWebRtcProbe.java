package dev.oriel.discovery;

import dev.oriel.api.discovery.ProbeResult;
import dev.oriel.api.discovery.ProbeResult.Verdict;
import dev.oriel.api.discovery.ServerProbe;
import dev.oriel.api.discovery.ServerType;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Recognises RTSPtoWebRTC, which has no list of streams, by its folder of static files.
 *
 * <p>Clients of that server take any answer to {@code GET /static} for it, and so mistake an RTSPtoWeb that wants a login.
 * Here the absence of {@code /streams} must show as well, in the words of that server's own framework: a page that answers
 * every path alike, such as a router's login page, is neither.
 */
@Component(service = ServerProbe.class)
public final class RtspToWebRtcProbe implements ServerProbe {

    private static final int NOT_FOUND = 404;
    private static final String NOT_FOUND_TEXT = "404 page not found";

    private final Web web;

    @Activate
    public RtspToWebRtcProbe(@Reference Web web) {
        this.web = web;
    }

    @Override
    public ServerType type() {
        return ServerType.RTSP_TO_WEBRTC;
    }

    @Override
    public CompletionStage<ProbeResult> probe(URI server) {
        return web.get(server, "/streams").thenCombine(web.get(server, "/static"), RtspToWebRtcProbe::judge);
    }

    /** What follows from the answers to both. */
    static ProbeResult judge(Look streams, Look folder) {
        if (!(streams instanceof Look.Answer list) || !(folder instanceof Look.Answer files)) {
            return result(Verdict.UNREACHABLE, streams, folder, "one of the two questions is open");
        }
        if (files.isUnauthorized()) {
            return result(Verdict.UNAUTHORIZED, streams, folder, "it wants a login");
        }
        if (list.isUnauthorized()) {
            return result(Verdict.NO_MATCH, streams, folder, "RTSPtoWebRTC wants no login for a list it does not have");
        }
        if (list.isFailure() || files.isFailure()) {
            return result(Verdict.FAILURE, streams, folder, "the server reports a failure of its own");
        }
        boolean absent = list.status() == NOT_FOUND && list.text().strip().equals(NOT_FOUND_TEXT);
        if (!absent) {
            return result(Verdict.NO_MATCH, streams, folder, "/streams is not absent in the way of RTSPtoWebRTC");
        }
        return files.isGood()
                ? result(Verdict.MATCH, streams, folder, "there is a folder of static files, and no list of streams")
                : result(Verdict.NO_MATCH, streams, folder, "there is no folder of static files");
    }

    private static ProbeResult result(Verdict verdict, Look streams, Look folder, String conclusion) {
        return new ProbeResult(verdict, List.of(streams.line(), folder.line(), conclusion));
    }
}
