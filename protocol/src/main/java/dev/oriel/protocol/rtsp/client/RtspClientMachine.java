package dev.oriel.protocol.rtsp.client;

import dev.oriel.api.camera.CameraOptions;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.failure.RelayException;
import dev.oriel.api.media.EndReason;
import dev.oriel.protocol.rtp.MediaFormat;
import dev.oriel.protocol.rtsp.RtspHeaders;
import dev.oriel.protocol.rtsp.RtspReader;
import dev.oriel.protocol.rtsp.RtspRequest;
import dev.oriel.protocol.rtsp.RtspResponse;
import dev.oriel.protocol.rtsp.RtspScheme;
import dev.oriel.protocol.rtsp.RtspSyntaxException;
import dev.oriel.protocol.rtsp.SessionHeader;
import dev.oriel.protocol.rtsp.TransportHeader;
import dev.oriel.protocol.sdp.SdpSyntaxException;
import dev.oriel.protocol.sdp.SessionDescription;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of one RTSP session with a camera, media interleaved on the same TCP connection (RFC 2326).
 *
 * <p>Made when the connection is begun; then {@link #connected}, then {@link #receive} for all that comes. It asks for
 * {@code OPTIONS}, {@code DESCRIBE}, {@code SETUP} of each chosen track and {@code PLAY}, one after the other and all within
 * {@link #OPENING_NANOS}; then it keeps the session alive and watches that media comes. After each call drain {@link #poll}
 * until it is empty, then wait until {@link #deadlineNanos} and call {@link #wake}. After an {@link RtspAction.End} nothing
 * more is answered and no deadline is pending.
 *
 * <p>Confined to one thread. No failure holds a secret.
 */
public final class RtspClientMachine {

    /** How long all may take from the beginning to the answer to {@code PLAY}. */
    public static final long OPENING_NANOS = 5_000_000_000L;

    /** How long no media may come. */
    public static final long SILENCE_NANOS = 10_000_000_000L;

    private static final int MAX_REDIRECTS = 2;
    private static final int MAX_KEEPALIVE_SECONDS = 30;
    private static final long SECOND = 1_000_000_000L;

    /** Takes the media, within {@link RtspClientMachine#receive}. */
    public interface Media {

        /**
         * Media is about to flow. Once, before everything else.
         *
         * @param offered all that the camera describes
         * @param selected what will come, numbered from 0 in the calls below
         */
        void begin(List<MediaFormat> offered, List<MediaFormat> selected);

        /** An RTP packet; its bytes never change again. */
        void rtp(int line, byte[] bytes, int offset, int length);

        /** An RTCP packet. */
        void rtcp(int line, byte[] bytes, int offset, int length);
    }

    private enum State {
        CONNECTING("the connection"),
        OPTIONS("OPTIONS"),
        DESCRIBE("DESCRIBE"),
        SETUP("SETUP"),
        PLAY("PLAY"),
        PLAYING("media"),
        ENDED("");

        private final String awaited;

        State(String awaited) {
            this.awaited = awaited;
        }
    }

    private final CameraOptions.Audio audio;
    private final Requests requests;
    private final Login login;
    private final Refusal refusal;
    private final RtspReader reader = new RtspReader();
    private final InterleavedChannels channels = new InterleavedChannels();
    private final Queue<RtspAction> actions = new ArrayDeque<>();
    private final long openingDeadline;

    private State state = State.CONNECTING;
    private long now;
    private String url;
    private ControlUrls urls;
    private int redirects;
    private boolean hasGetParameter;
    private List<MediaFormat> offered = List.of();
    private List<MediaFormat> wanted = List.of();
    private final List<MediaFormat> selected = new ArrayList<>();
    private int asking;
    private boolean begun;
    private int timeoutSeconds = SessionHeader.DEFAULT_TIMEOUT_SECONDS;
    private long lastMediaNanos;
    private long lastKeepaliveNanos;

    /**
     * A session that is about to connect.
     *
     * @param userAgent how to introduce ourselves; some cameras let nobody in who does not
     * @param random where client nonces come from
     */
    public RtspClientMachine(
            SourceLocation camera, CameraOptions options, String userAgent, RandomGenerator random, long nowNanos) {
        this.audio = options.audio();
        this.url = RtspScheme.requestUrl(camera);
        this.urls = new ControlUrls(url, url);
        this.login = new Login(camera.credentials(), options.login(), random);
        this.requests = new Requests(userAgent, login);
        this.refusal = new Refusal(nameOf(camera));
        this.now = nowNanos;
        this.openingDeadline = nowNanos + OPENING_NANOS;
    }

    /** Host and port of a camera, for sentences. */
    public static String nameOf(SourceLocation camera) {
        return RtspScheme.nameOf(camera);
    }

    /** The connection stands. */
    public void connected(long nowNanos) {
        now = nowNanos;
        if (state == State.CONNECTING) {
            state = State.OPTIONS;
            send("OPTIONS", url, RtspHeaders.NONE);
        }
    }

    /** Takes what came over the connection. */
    public void receive(long nowNanos, ByteBuffer bytes, Media media) {
        now = nowNanos;
        if (state == State.ENDED) {
            return;
        }
        try {
            reader.receive(bytes, new Dispatcher(media));
        } catch (RtspSyntaxException e) {
            fail(
                    state == State.PLAYING
                            ? refusal.unreachable(
                                    "sends a broken stream: no " + e.expected() + " where there should be")
                            : refusal.unsupported("does not speak RTSP: no " + e.expected()));
        }
    }

    /** The other side has closed the connection, or it broke. */
    public void disconnected(long nowNanos) {
        now = nowNanos;
        requests.forgetSession();
        fail(refusal.unreachable("closed the connection while " + state.awaited + " was awaited"));
    }

    /** There will be no connection; {@code what} says why, behind the name of the camera: "refuses the connection". */
    public void connectFailed(long nowNanos, String what) {
        now = nowNanos;
        fail(refusal.unreachable(what));
    }

    /** Time has passed. */
    public void wake(long nowNanos) {
        now = nowNanos;
        if (state == State.ENDED) {
            return;
        }
        if (state != State.PLAYING) {
            if (now - openingDeadline >= 0) {
                fail(refusal.unreachable("does not answer " + state.awaited + " within 5 s"));
            }
        } else if (now - silenceDeadline() >= 0) {
            fail(refusal.unreachable("has sent no media for 10 s"));
        } else if (now - keepaliveDeadline() >= 0) {
            lastKeepaliveNanos = now;
            send(hasGetParameter ? "GET_PARAMETER" : "OPTIONS", urls.aggregate(), RtspHeaders.NONE);
        }
    }

    /** We want no more. */
    public void close(EndReason reason) {
        end(reason);
    }

    /** The next thing to do, or null if there is none; the one place where null is an answer, as in {@link Queue#poll}. */
    public @Nullable RtspAction poll() {
        return actions.poll();
    }

    /** When {@link #wake} wants to be called; absent when nothing is pending. */
    public OptionalLong deadlineNanos() {
        return switch (state) {
            case ENDED -> OptionalLong.empty();
            case PLAYING ->
                OptionalLong.of(silenceDeadline() - keepaliveDeadline() < 0 ? silenceDeadline() : keepaliveDeadline());
            default -> OptionalLong.of(openingDeadline);
        };
    }

    /** How many bytes of the connection belonged to nothing and were passed over. */
    public long skippedBytes() {
        return reader.skippedBytes();
    }

    private long silenceDeadline() {
        return lastMediaNanos + SILENCE_NANOS;
    }

    private long keepaliveDeadline() {
        return lastKeepaliveNanos + Math.max(SECOND, Math.min(timeoutSeconds / 2, MAX_KEEPALIVE_SECONDS) * SECOND);
    }

    private void send(String method, String target, RtspHeaders headers) {
        actions.add(new RtspAction.Send(requests.next(method, target, headers)));
    }

    private void fail(RelayException why) {
        end(new EndReason.Failed(why));
    }

    private void end(EndReason reason) {
        if (state == State.ENDED) {
            return;
        }
        // Said without waiting for the answer: cameras with few sessions want to know that one is free.
        if (requests.hasSession()) {
            send("TEARDOWN", urls.aggregate(), RtspHeaders.NONE);
        }
        state = State.ENDED;
        actions.add(new RtspAction.End(reason));
    }

    private void answered(RtspResponse response) {
        if (response.status() < 200 || !requests.isAnswer(response, state != State.PLAYING)) {
            return;
        }
        if (response.status() == 401) {
            Login.Verdict verdict =
                    login.challenged(response.headers(), requests.current().repeated());
            if (verdict == Login.Verdict.AGAIN) {
                actions.add(new RtspAction.Send(requests.again()));
            } else if (state != State.PLAYING) {
                fail(refusal.login(verdict.sentence()));
            }
            return;
        }
        if (response.isSuccess()) {
            login.accepted();
        }
        boolean redirect = response.status() >= 300 && response.status() < 400;
        if (redirect && state == State.DESCRIBE) {
            follow(response);
            return;
        }
        switch (state) {
            case OPTIONS -> optionsAnswered(response);
            case DESCRIBE -> describeAnswered(response);
            case SETUP -> setupAnswered(response);
            case PLAY -> playAnswered(response);
            case PLAYING -> keepaliveAnswered(response);
            default -> {
                // Connecting or ended: nothing was asked.
            }
        }
    }

    /** Whatever a camera says to OPTIONS, the stream may be there. */
    private void optionsAnswered(RtspResponse response) {
        hasGetParameter = response.headers().all("Public").stream()
                .anyMatch(p -> p.toUpperCase(Locale.ROOT).contains("GET_PARAMETER"));
        describe();
    }

    private void describe() {
        state = State.DESCRIBE;
        send("DESCRIBE", url, RtspHeaders.of("Accept", "application/sdp"));
    }

    private void follow(RtspResponse response) {
        String location = response.headers().first("Location").orElse("").strip();
        redirects++;
        boolean follows = location.regionMatches(true, 0, "rtsp", 0, 4)
                && ControlUrls.isSameServer(location, url)
                && location.chars().allMatch(c -> c > ' ')
                && redirects <= MAX_REDIRECTS;
        if (!follows) {
            fail(refusal.redirect(response.status()));
            return;
        }
        url = ControlUrls.authorityOf(url)
                + location.substring(ControlUrls.authorityOf(location).length());
        describe();
    }

    private void describeAnswered(RtspResponse response) {
        if (!response.isSuccess()) {
            fail(refusal.status(response.status(), "DESCRIBE"));
            return;
        }
        try {
            SessionDescription session = SessionDescription.parse(response.bodyText());
            offered = MediaFormat.of(session);
            String control = session.attributes().first("control").orElse("");
            urls = ControlUrls.of(url, response.headers(), control);
        } catch (SdpSyntaxException e) {
            fail(refusal.unsupported("describes its stream in a way that cannot be read: " + e.getMessage()));
            return;
        }
        wanted = TrackChoice.choose(offered, audio);
        if (wanted.isEmpty()) {
            fail(refusal.unsupported("offers nothing that can be passed on, but " + TrackChoice.describe(offered)));
            return;
        }
        state = State.SETUP;
        setup();
    }

    private void setup() {
        TransportHeader transport = TransportHeader.interleaved(2 * asking);
        String target = urls.of(wanted.get(asking).control());
        send("SETUP", target, RtspHeaders.of(TransportHeader.NAME, transport.write()));
    }

    private void setupAnswered(RtspResponse response) {
        if (response.isSuccess()) {
            response.headers()
                    .first(SessionHeader.NAME)
                    .flatMap(SessionHeader::parse)
                    .ifPresent(session -> {
                        requests.inSession(session.id());
                        timeoutSeconds = session.timeoutSeconds();
                    });
            List<TransportHeader> transports = TransportHeader.parse(
                    response.headers().first(TransportHeader.NAME).orElse(""));
            if (!transports.isEmpty() && !transports.get(0).isInterleaved()) {
                fail(refusal.unsupported("sends its media over UDP although TCP was asked for"));
                return;
            }
            TransportHeader.Pair asked = new TransportHeader.Pair(2 * asking, 2 * asking + 1);
            TransportHeader.Pair got = transports.isEmpty()
                    ? asked
                    : transports.get(0).pair("interleaved").orElse(asked);
            channels.assign(selected.size(), got, asked);
            selected.add(wanted.get(asking));
        } else if (asking == 0) {
            // A camera that does not give its sound is still worth looking at.
            fail(refusal.status(response.status(), "SETUP"));
            return;
        }
        asking++;
        if (asking < wanted.size()) {
            setup();
            return;
        }
        state = State.PLAY;
        send("PLAY", urls.aggregate(), RtspHeaders.of("Range", "npt=0.000-"));
    }

    private void playAnswered(RtspResponse response) {
        if (response.isSuccess()) {
            play();
        } else {
            fail(refusal.status(response.status(), "PLAY"));
        }
    }

    private void play() {
        state = State.PLAYING;
        lastMediaNanos = now;
        lastKeepaliveNanos = now;
    }

    private void keepaliveAnswered(RtspResponse response) {
        if (!response.isSuccess() && hasGetParameter) {
            // It was announced and is not there; OPTIONS is always.
            hasGetParameter = false;
            lastKeepaliveNanos = now;
            send("OPTIONS", urls.aggregate(), RtspHeaders.NONE);
        }
    }

    private void asked(RtspRequest request) {
        RtspHeaders headers = request.headers()
                .first("CSeq")
                .map(cseq -> RtspHeaders.of("CSeq", cseq))
                .orElse(RtspHeaders.NONE);
        switch (request.method()) {
            case "OPTIONS" -> answer(200, headers.with("Public", "OPTIONS, GET_PARAMETER, SET_PARAMETER, TEARDOWN"));
            case "GET_PARAMETER", "SET_PARAMETER" -> answer(200, headers);
            case "TEARDOWN" -> {
                answer(200, headers);
                requests.forgetSession();
                fail(refusal.unreachable("ended the session"));
            }
            default -> answer(501, headers);
        }
    }

    private void answer(int status, RtspHeaders headers) {
        actions.add(new RtspAction.Send(RtspResponse.of(status, headers).write()));
    }

    /** Sorts what the reader tells. */
    private final class Dispatcher implements RtspReader.Events {
        private final Media media;

        Dispatcher(Media media) {
            this.media = media;
        }

        @Override
        public void onRequest(RtspRequest request) {
            if (state != State.ENDED) {
                asked(request);
            }
        }

        @Override
        public void onResponse(RtspResponse response) {
            if (state != State.ENDED) {
                answered(response);
                begin();
            }
        }

        @Override
        public void onFrame(int channel, byte[] slab, int offset, int length) {
            int line = channels.line(channel);
            if (line < 0 || line >= selected.size() || state == State.ENDED) {
                return;
            }
            if (state == State.PLAY) {
                // Cameras send before, or instead of, the answer to PLAY.
                play();
                begin();
            }
            if (!begun) {
                return;
            }
            if (channels.isControl(channel)) {
                media.rtcp(line, slab, offset, length);
            } else {
                lastMediaNanos = now;
                media.rtp(line, slab, offset, length);
            }
        }

        private void begin() {
            if (!begun && state == State.PLAYING) {
                begun = true;
                media.begin(List.copyOf(offered), List.copyOf(selected));
            }
        }
    }
}
