package dev.oriel.protocol.rtsp.client;

import dev.oriel.protocol.rtsp.Authorization;
import dev.oriel.protocol.rtsp.RtspHeaders;
import dev.oriel.protocol.rtsp.RtspRequest;
import dev.oriel.protocol.rtsp.RtspResponse;
import dev.oriel.protocol.rtsp.SessionHeader;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The requests of one session: their numbers, what each carries, and which one an answer belongs to. */
final class Requests {

    /**
     * A request that was sent.
     *
     * @param repeated whether this is its second time, after a challenge
     */
    record Sent(int cseq, String method, String url, RtspHeaders headers, boolean repeated) {}

    private final String userAgent;
    private final Login login;
    private Optional<String> session = Optional.empty();
    private Sent current = new Sent(0, "", "", RtspHeaders.NONE, false);
    private boolean answered = true;
    private int cseq;

    Requests(String userAgent, Login login) {
        this.userAgent = userAgent;
        this.login = login;
    }

    /** The next request as it goes on the wire. One that was not answered by now is given up. */
    ByteBuffer next(String method, String url, RtspHeaders headers) {
        return send(method, url, headers, false);
    }

    /** The last request once more, with another number and with what the challenge wants. */
    ByteBuffer again() {
        return send(current.method(), current.url(), current.headers(), true);
    }

    Sent current() {
        return current;
    }

    /**
     * Whether a response is the answer to the last request.
     *
     * @param expectOne whether an answer is due; then one with a wrong number, or none, is taken for it
     */
    boolean isAnswer(RtspResponse response, boolean expectOne) {
        int number = response.headers().cseq();
        if (answered || number >= 0 && number < current.cseq() || number != current.cseq() && !expectOne) {
            return false;
        }
        answered = true;
        return true;
    }

    void inSession(String id) {
        session = Optional.of(id);
    }

    boolean hasSession() {
        return session.isPresent();
    }

    void forgetSession() {
        session = Optional.empty();
    }

    private ByteBuffer send(String method, String url, RtspHeaders headers, boolean repeated) {
        cseq++;
        current = new Sent(cseq, method, url, headers, repeated);
        answered = false;
        RtspHeaders all = RtspHeaders.of("CSeq", String.valueOf(cseq)).with("User-Agent", userAgent);
        if (session.isPresent()) {
            all = all.with(SessionHeader.NAME, session.get());
        }
        Optional<String> authorization = login.answer(method, url);
        if (authorization.isPresent()) {
            all = all.with(Authorization.NAME, authorization.get());
        }
        for (RtspHeaders.Field field : headers.fields()) {
            all = all.with(field.name(), field.value());
        }
        return RtspRequest.of(method, url, all).write();
    }
}
