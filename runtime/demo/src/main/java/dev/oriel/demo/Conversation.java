package dev.oriel.demo;

import dev.oriel.api.media.Bytes;
import dev.oriel.protocol.rtsp.RtspHeaders;
import dev.oriel.protocol.rtsp.RtspReader;
import dev.oriel.protocol.rtsp.RtspRequest;
import dev.oriel.protocol.rtsp.RtspResponse;
import dev.oriel.protocol.rtsp.RtspSyntaxException;
import dev.oriel.protocol.rtsp.SessionHeader;
import dev.oriel.protocol.rtsp.TransportHeader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.random.RandomGenerator;

/**
 * The server's side of one RTSP connection (RFC 2326): answers requests, and sends the clip while the client plays it.
 *
 * <p>It is told the time and the bytes. After each {@link #receive} or {@link #wake} the caller drains {@link #poll} and then
 * waits for bytes or for {@link #deadlineNanos}. Once {@link #isOver} the caller sends what is left and closes. Confined to
 * one thread.
 */
final class Conversation {

    /** How long a session lives without a word from the client. */
    static final int SESSION_TIMEOUT_SECONDS = 60;

    private static final long SESSION_TIMEOUT_NANOS = SESSION_TIMEOUT_SECONDS * 1_000_000_000L;
    private static final int MAX_CHANNEL = 254;
    private static final String METHODS = "OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER, SET_PARAMETER, TEARDOWN";

    private final Clip clip;
    private final NtpClock clock;
    private final RandomGenerator random;
    private final RtspReader reader = new RtspReader();
    private final Queue<ByteBuffer> out = new ArrayDeque<>();
    private final String sessionId;
    private Optional<RtpStream> video = Optional.empty();
    private Optional<RtpStream> audio = Optional.empty();
    private Optional<Playback> playback = Optional.empty();
    private long lastHeardNanos;
    private boolean over;

    /** A connection that was accepted now. */
    Conversation(Clip clip, NtpClock clock, RandomGenerator random, long nowNanos) {
        this.clip = clip;
        this.clock = clock;
        this.random = random;
        this.lastHeardNanos = nowNanos;
        this.sessionId = HexFormat.of().toHexDigits(random.nextLong());
    }

    /** Takes what the client sent. Bytes that are no RTSP end the conversation. */
    void receive(long nowNanos, ByteBuffer bytes) {
        lastHeardNanos = nowNanos;
        try {
            reader.receive(bytes, new RtspReader.Events() {
                @Override
                public void onRequest(RtspRequest request) {
                    answer(request, nowNanos);
                }

                @Override
                public void onResponse(RtspResponse response) {
                    // Nothing was asked.
                }

                @Override
                public void onFrame(int channel, byte[] slab, int offset, int length) {
                    // A receiver report: being heard is all it does here.
                }
            });
        } catch (RtspSyntaxException e) {
            over = true;
        }
        wake(nowNanos);
    }

    /** Does what is due. A client that was silent for too long is left. */
    void wake(long nowNanos) {
        if (nowNanos - lastHeardNanos >= SESSION_TIMEOUT_NANOS) {
            stopPlaying();
            over = true;
        }
        playback.ifPresent(running -> running.wake(nowNanos));
    }

    /** The next bytes to send, absent when there are none. */
    Optional<ByteBuffer> poll() {
        return Optional.ofNullable(out.poll());
    }

    /** When to call {@link #wake}; absent once over. */
    OptionalLong deadlineNanos() {
        if (over) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(playback.map(Playback::deadlineNanos).orElse(lastHeardNanos + SESSION_TIMEOUT_NANOS));
    }

    /** Whether nothing more will be said after what {@link #poll} has. */
    boolean isOver() {
        return over;
    }

    private void answer(RtspRequest request, long nowNanos) {
        if (over) {
            return;
        }
        int cseq = request.headers().cseq();
        RtspHeaders headers = (cseq < 0 ? RtspHeaders.NONE : RtspHeaders.of("CSeq", Integer.toString(cseq)))
                .with("Server", "Oriel demo camera");
        boolean known = isKnown(request);
        switch (request.method()) {
            case "OPTIONS" -> send(200, headers.with("Public", METHODS));
            case "DESCRIBE" -> describe(request, headers);
            case "SETUP" -> setUp(request, headers);
            case "PLAY" -> {
                if (known) {
                    play(request, headers, nowNanos);
                } else {
                    send(454, headers);
                }
            }
            case "GET_PARAMETER", "SET_PARAMETER" -> send(known || !hasSession(request) ? 200 : 454, headers);
            case "TEARDOWN" -> {
                stopPlaying();
                send(known ? 200 : 454, headers);
                over = true;
            }
            default -> send(501, headers);
        }
    }

    private void describe(RtspRequest request, RtspHeaders headers) {
        if (!DemoDescription.isDemo(request.uri())) {
            send(404, headers);
            return;
        }
        byte[] body = DemoDescription.sdp(clip).getBytes(StandardCharsets.UTF_8);
        RtspHeaders described = headers.with("Content-Type", "application/sdp")
                .with("Content-Base", DemoDescription.baseOf(request.uri()));
        out.add(new RtspResponse(200, "OK", described, Bytes.copyOf(body)).write());
    }

    private void setUp(RtspRequest request, RtspHeaders headers) {
        boolean wantsVideo = DemoDescription.isVideo(request.uri());
        if (!wantsVideo && !DemoDescription.isAudio(request.uri())) {
            send(404, headers);
            return;
        }
        if (playback.isPresent()) {
            send(455, headers);
            return;
        }
        if (hasSession(request) && !isKnown(request)) {
            send(454, headers);
            return;
        }
        Optional<TransportHeader> transport = request.headers().all(TransportHeader.NAME).stream()
                .flatMap(value -> TransportHeader.parse(value).stream())
                .filter(TransportHeader::isInterleaved)
                .findFirst();
        int channel = transport
                .flatMap(way -> way.pair("interleaved"))
                .map(TransportHeader.Pair::rtp)
                .orElse(wantsVideo ? 0 : 2);
        if (transport.isEmpty() || channel > MAX_CHANNEL) {
            send(461, headers);
            return;
        }
        int payloadType = wantsVideo ? DemoDescription.VIDEO_PAYLOAD_TYPE : DemoDescription.AUDIO_PAYLOAD_TYPE;
        RtpStream stream = new RtpStream(channel, payloadType, random, out::add);
        if (wantsVideo) {
            video = Optional.of(stream);
        } else {
            audio = Optional.of(stream);
        }
        TransportHeader chosen = TransportHeader.interleaved(channel)
                .with("ssrc", HexFormat.of().toHexDigits(stream.ssrc()).toUpperCase(Locale.ROOT));
        send(200, withSession(headers).with(TransportHeader.NAME, chosen.write()));
    }

    private void play(RtspRequest request, RtspHeaders headers, long nowNanos) {
        if (video.isEmpty() && audio.isEmpty()) {
            send(455, headers);
            return;
        }
        if (playback.isPresent()) {
            send(200, withSession(headers));
            return;
        }
        String base = DemoDescription.baseOf(request.uri());
        StringBuilder info = new StringBuilder();
        video.ifPresent(stream -> appendInfo(info, base + DemoDescription.VIDEO_CONTROL, stream));
        audio.ifPresent(stream -> appendInfo(info, base + DemoDescription.AUDIO_CONTROL, stream));
        send(200, withSession(headers).with("Range", "npt=now-").with("RTP-Info", info.toString()));
        playback = Optional.of(new Playback(clip, clock, video, audio, nowNanos));
    }

    private static void appendInfo(StringBuilder info, String url, RtpStream stream) {
        info.append(info.length() == 0 ? "" : ",")
                .append("url=")
                .append(url)
                .append(";seq=")
                .append(stream.nextSequenceNumber())
                .append(";rtptime=")
                .append(Integer.toUnsignedString(stream.timestamp(0)));
    }

    private void stopPlaying() {
        if (playback.isPresent()) {
            playback = Optional.empty();
            video.ifPresent(RtpStream::bye);
            audio.ifPresent(RtpStream::bye);
        }
    }

    private boolean hasSession(RtspRequest request) {
        return request.headers().first(SessionHeader.NAME).isPresent();
    }

    private boolean isKnown(RtspRequest request) {
        return (video.isPresent() || audio.isPresent())
                && request.headers()
                        .first(SessionHeader.NAME)
                        .flatMap(SessionHeader::parse)
                        .filter(session -> session.id().equals(sessionId))
                        .isPresent();
    }

    private RtspHeaders withSession(RtspHeaders headers) {
        return headers.with(SessionHeader.NAME, new SessionHeader(sessionId, SESSION_TIMEOUT_SECONDS).write());
    }

    private void send(int status, RtspHeaders headers) {
        out.add(RtspResponse.of(status, headers).write());
    }
}
