package dev.oriel.protocol.rtsp.client;

import dev.oriel.api.camera.CameraOptions;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.failure.RelayException;
import dev.oriel.api.media.EndReason;
import dev.oriel.protocol.rtsp.RtspHeaders;
import dev.oriel.protocol.rtsp.RtspRequest;
import dev.oriel.protocol.rtsp.RtspResponse;
import dev.oriel.protocol.rtsp.RtspScheme;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** All that is said in one session: to the camera, and to the shell; and how far it is. */
final class Conversation {

    private final Requests requests;
    private final Login login;
    private final Queue<RtspAction> actions = new ArrayDeque<>();

    /** What the session and what follows it is about. */
    private String aggregate;

    private State state = State.CONNECTING;

    Conversation(SourceLocation camera, CameraOptions.Login kinds, String userAgent, RandomGenerator random) {
        this.login = new Login(camera.credentials(), kinds, random);
        this.requests = new Requests(userAgent, login);
        this.aggregate = RtspScheme.requestUrl(camera);
    }

    State state() {
        return state;
    }

    void enter(State next) {
        state = next;
    }

    void about(String url) {
        aggregate = url;
    }

    @Nullable
    RtspAction poll() {
        return actions.poll();
    }

    void act(RtspAction action) {
        actions.add(action);
    }

    void ask(String method, String url, RtspHeaders headers) {
        actions.add(new RtspAction.Send(requests.next(method, url, headers)));
    }

    /** A request about all tracks. */
    void askAll(String method, RtspHeaders headers) {
        ask(method, aggregate, headers);
    }

    void inSession(String id) {
        requests.inSession(id);
    }

    void sessionIsGone() {
        requests.forgetSession();
    }

    /** Whether a response answers what was asked last. */
    boolean isAnswer(RtspResponse response) {
        return response.status() >= 200 && requests.isAnswer(response, state != State.PLAYING);
    }

    /** Whether a 401 was met by asking once more; if not, says why. */
    Login.Verdict challenged(RtspResponse response) {
        Login.Verdict verdict =
                login.challenged(response.headers(), requests.current().repeated());
        if (verdict == Login.Verdict.AGAIN) {
            actions.add(new RtspAction.Send(requests.again()));
        }
        return verdict;
    }

    void accepted() {
        login.accepted();
    }

    /** Leaves for another host. */
    void connectElsewhere(SourceLocation to) {
        connect(to);
        login.elsewhere();
    }

    /** Leaves this connection for another one. */
    void connect(SourceLocation to) {
        sayGoodbye();
        state = State.CONNECTING;
        actions.add(new RtspAction.Connect(to));
    }

    void fail(RelayException why) {
        end(new EndReason.Failed(why));
    }

    void end(EndReason reason) {
        if (state == State.ENDED) {
            return;
        }
        sayGoodbye();
        state = State.ENDED;
        actions.add(new RtspAction.End(reason));
    }

    /** Answers a request of the camera; whether it ends the session. */
    boolean asked(RtspRequest request) {
        RtspHeaders headers = request.headers()
                .first("CSeq")
                .map(cseq -> RtspHeaders.of("CSeq", cseq))
                .orElse(RtspHeaders.NONE);
        switch (request.method()) {
            case "OPTIONS" -> answer(200, headers.with("Public", "OPTIONS, GET_PARAMETER, SET_PARAMETER, TEARDOWN"));
            case "GET_PARAMETER", "SET_PARAMETER" -> answer(200, headers);
            case "TEARDOWN" -> {
                answer(200, headers);
                sessionIsGone();
                return true;
            }
            default -> answer(501, headers);
        }
        return false;
    }

    private void answer(int status, RtspHeaders headers) {
        actions.add(new RtspAction.Send(RtspResponse.of(status, headers).write()));
    }

    /** Said without waiting for the answer: cameras with few sessions want to know that one is free. */
    private void sayGoodbye() {
        if (requests.hasSession()) {
            askAll("TEARDOWN", RtspHeaders.NONE);
            requests.forgetSession();
        }
    }
}
