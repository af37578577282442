package dev.oriel.protocol.rtsp.client;

import dev.oriel.api.camera.CameraOptions;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.media.EndReason;
import dev.oriel.protocol.rtp.MediaFormat;
import dev.oriel.protocol.rtsp.OtherProtocol;
import dev.oriel.protocol.rtsp.RtspHeaders;
import dev.oriel.protocol.rtsp.RtspReader;
import dev.oriel.protocol.rtsp.RtspRequest;
import dev.oriel.protocol.rtsp.RtspResponse;
import dev.oriel.protocol.rtsp.RtspSyntaxException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of one RTSP session with a camera (RFC 2326), media interleaved on the connection or in datagrams.
 *
 * <p>Made when the connection is begun; then {@link #connected}, then {@link #receive} and {@link #datagram} for all that
 * comes. {@link Opening} brings it up to the first packet, all within {@link #OPENING_NANOS}; then it keeps the session alive
 * and watches that media comes. After each call drain {@link #poll} until it is empty, then wait until {@link #deadlineNanos}
 * and call {@link #wake}. After an {@link RtspAction.End} nothing more is answered and no deadline is pending.
 *
 * <p>Confined to one thread. No failure holds a secret.
 */
public final class RtspClientMachine {

    /** How long all may take from the beginning to the first packet; what went wrong is to be told within 5 s. */
    public static final long OPENING_NANOS = 4_500_000_000L;

    /** Takes the media, within {@link #receive}, {@link #datagram} and {@link #wake}. */
    public interface Media {

        /**
         * Media has begun to flow. Once, before everything else.
         *
         * @param offered all that the camera describes
         * @param selected what will come, numbered from 0 in the calls below
         */
        void begin(List<MediaFormat> offered, List<MediaFormat> selected);

        /** An RTP packet, and when it arrived, which may be before this call; its bytes never change again. */
        void rtp(long arrivedNanos, int line, byte[] bytes, int offset, int length);

        /** An RTCP packet. */
        void rtcp(int line, byte[] bytes, int offset, int length);
    }

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Conversation talk;
    private final Keepalive keepalive = new Keepalive();
    private final MediaLines lines;
    private final Opening opening;
    private final RtspReader.Events events = new Dispatcher();

    private RtspReader reader = new RtspReader();
    private boolean heard;
    private long skippedBefore;
    private long now;

    /**
     * A session that is about to connect.
     *
     * @param known how media came last time, where that is known
     * @param userAgent how to introduce ourselves; some cameras let nobody in who does not
     * @param random where client nonces and our own RTP sources come from
     */
    public RtspClientMachine(
            SourceLocation camera,
            CameraOptions options,
            Optional<MediaWay> known,
            String userAgent,
            RandomGenerator random,
            long nowNanos,
            Media media) {
        this.now = nowNanos;
        this.talk = new Conversation(camera, options.login(), userAgent, random);
        this.lines = new MediaLines(talk, media, random);
        this.opening = new Opening(camera, options, known, talk, keepalive, lines, nowNanos + OPENING_NANOS);
    }

    /** The connection stands; a new one each time after {@link RtspAction.Connect}. */
    public void connected(long nowNanos) {
        now = nowNanos;
        skippedBefore += reader.skippedBytes();
        reader = new RtspReader();
        heard = false;
        opening.connected();
    }

    /** Takes what came over the connection. */
    public void receive(long nowNanos, ByteBuffer bytes) {
        now = nowNanos;
        if (isDeaf()) {
            return;
        }
        ByteBuffer first = heard ? NOTHING : bytes.slice();
        heard = true;
        try {
            reader.receive(bytes, events);
        } catch (RtspSyntaxException e) {
            opening.fail(
                    talk.state() == State.PLAYING
                            ? refusal()
                                    .unreachable("sends a broken stream: no " + e.expected() + " where there should be")
                            : refusal()
                                    .unsupported(
                                            OtherProtocol.of(first).orElse("does not speak RTSP: no " + e.expected())));
        }
    }

    /**
     * Takes a datagram that came from the camera's address to ports that were bound or a group that was joined.
     *
     * @param line whose ports they are
     * @param control whether it came to the second of them
     * @param fromPort the camera's port
     * @param bytes never change again from {@code offset} on, {@code length} of them
     */
    public void datagram(long nowNanos, int line, boolean control, int fromPort, byte[] bytes, int offset, int length) {
        now = nowNanos;
        lines.datagram(nowNanos, line, control, fromPort, bytes, offset, length);
    }

    /** The ports of a {@link RtspAction.BindPorts} stand, the second one above the first. */
    public void portsBound(long nowNanos, int line, int rtpPort) {
        now = nowNanos;
        opening.portsBound(line, rtpPort);
    }

    /** There are no ports, or a group cannot be joined; {@code what} goes behind the name of the camera. */
    public void portsFailed(long nowNanos, String what) {
        now = nowNanos;
        opening.portsFailed(what);
    }

    /** The other side has closed the connection, or it broke. */
    public void disconnected(long nowNanos) {
        now = nowNanos;
        if (!isDeaf() && !opening.disconnected()) {
            opening.fail(refusal()
                    .unreachable("closed the connection while " + talk.state().awaited() + " was awaited"));
        }
    }

    /** There will be no connection; {@code what} says why, behind the name of the camera: "refuses the connection". */
    public void connectFailed(long nowNanos, String what) {
        now = nowNanos;
        opening.fail(refusal().unreachable(what));
    }

    /** Time has passed. */
    public void wake(long nowNanos) {
        now = nowNanos;
        lines.wake(nowNanos);
        if (talk.state().isOpening()) {
            opening.wake(nowNanos);
        } else if (talk.state() == State.PLAYING) {
            if (now - lines.watch().deadlineNanos() >= 0) {
                talk.fail(refusal().unreachable(lines.watch().verdict(now)));
            } else if (now - keepalive.deadlineNanos() >= 0) {
                keepAlive();
            }
        }
    }

    /** We want no more. */
    public void close(EndReason reason) {
        talk.end(reason);
    }

    /** The next thing to do, or null if there is none; the one place where null is an answer, as in {@link Queue#poll}. */
    public @Nullable RtspAction poll() {
        return talk.poll();
    }

    /** When {@link #wake} wants to be called; absent when nothing is pending. */
    public OptionalLong deadlineNanos() {
        if (talk.state() == State.ENDED) {
            return OptionalLong.empty();
        }
        long first = talk.state().isOpening()
                ? opening.deadlineNanos()
                : earlier(lines.watch().deadlineNanos(), keepalive.deadlineNanos());
        OptionalLong datagrams = lines.deadlineNanos();
        return OptionalLong.of(datagrams.isPresent() ? earlier(first, datagrams.getAsLong()) : first);
    }

    /** How many bytes of the connection belonged to nothing and were passed over. */
    public long skippedBytes() {
        return skippedBefore + reader.skippedBytes();
    }

    /** How media comes; absent until it does. */
    public Optional<MediaWay> way() {
        return lines.way();
    }

    /** The request that keeps the session alive. */
    public String keepaliveMethod() {
        return keepalive.method();
    }

    private static long earlier(long a, long b) {
        return a - b < 0 ? a : b;
    }

    private Refusal refusal() {
        return opening.refusal();
    }

    /** Whether nothing of the connection counts any more, or not yet. */
    private boolean isDeaf() {
        return talk.state() == State.ENDED || talk.state() == State.CONNECTING;
    }

    private void keepAlive() {
        keepalive.sent(now);
        talk.askAll(keepalive.method(), RtspHeaders.NONE);
    }

    private void answered(RtspResponse response) {
        if (!talk.isAnswer(response)) {
            return;
        }
        if (response.status() == 401) {
            Login.Verdict verdict = talk.challenged(response);
            if (verdict != Login.Verdict.AGAIN && talk.state().isOpening()) {
                talk.fail(refusal().login(verdict.sentence()));
            }
            return;
        }
        if (response.isSuccess()) {
            talk.accepted();
        }
        if (talk.state().isOpening()) {
            opening.answered(now, response);
        } else if (!response.isSuccess()) {
            if (keepalive.refused()) {
                keepAlive();
            } else if (response.status() == 454) {
                talk.sessionIsGone();
                talk.fail(refusal().status(454, keepalive.method()));
            }
        }
    }

    /** Sorts what the reader tells. */
    private final class Dispatcher implements RtspReader.Events {

        @Override
        public void onRequest(RtspRequest request) {
            if (!isDeaf() && talk.asked(request)) {
                talk.fail(refusal().unreachable("ended the session"));
            }
        }

        @Override
        public void onResponse(RtspResponse response) {
            if (!isDeaf()) {
                answered(response);
            }
        }

        @Override
        public void onFrame(int channel, byte[] slab, int offset, int length) {
            lines.frame(now, channel, slab, offset, length);
        }
    }
}
