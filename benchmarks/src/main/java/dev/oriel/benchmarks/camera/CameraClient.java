package dev.oriel.benchmarks.camera;

import dev.oriel.api.media.Bytes;
import dev.oriel.protocol.rtcp.NtpTime;
import dev.oriel.protocol.rtcp.RtcpPacket;
import dev.oriel.protocol.rtcp.RtcpWriter;
import dev.oriel.protocol.rtsp.RtspHeaders;
import dev.oriel.protocol.rtsp.RtspReader;
import dev.oriel.protocol.rtsp.RtspRequest;
import dev.oriel.protocol.rtsp.RtspResponse;
import dev.oriel.protocol.rtsp.SessionHeader;
import dev.oriel.protocol.rtsp.TransportHeader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One server's conversation with the camera: it is told the time and the bytes, like the protocols. */
final class CameraClient implements RtspReader.Events {

    private static final Pattern PATH = Pattern.compile("rtsp://[^/]*/g(\\d{1,2})/cam(\\d{1,4})(?:/.*)?");
    private static final String SESSION = "17";
    private static final long REPORT_NANOS = 5_000_000_000L;

    /** A server that does not read for more than a second has its pictures dropped, as by a camera. */
    private static final int MAX_WAITING_BYTES = 512 * 1024;

    private final RtspReader reader = new RtspReader();
    private final Queue<ByteBuffer> out = new ArrayDeque<>();
    private final long startNanos;
    private final long unixMinusMonotonicNanos;
    private Optional<Packets> packets = Optional.empty();
    private Optional<FrameSchedule> schedule = Optional.empty();
    private int channel;
    private int next;
    private int waiting;
    private long reportNanos;
    private long nowNanos;
    private boolean over;

    CameraClient(long startNanos, long unixMinusMonotonicNanos) {
        this.startNanos = startNanos;
        this.unixMinusMonotonicNanos = unixMinusMonotonicNanos;
    }

    void receive(long now, ByteBuffer bytes) {
        nowNanos = now;
        reader.receive(bytes, this);
    }

    /** Sends what is due, stamped with the time that is told. */
    void wake(long now) {
        while (schedule.isPresent() && now - schedule.get().dueNanos(next) >= 0) {
            if (waiting <= MAX_WAITING_BYTES) {
                add(packets.orElseThrow().frame(new FrameStamp(next, now)));
            }
            next++;
        }
        if (schedule.isPresent() && now - reportNanos >= 0) {
            reportNanos = now + REPORT_NANOS;
            report(now);
        }
    }

    OptionalLong deadlineNanos() {
        return schedule.isPresent() ? OptionalLong.of(schedule.get().dueNanos(next)) : OptionalLong.empty();
    }

    /** What is to be written next; what was written of it is told by {@link #written}. */
    Optional<ByteBuffer> pending() {
        return Optional.ofNullable(out.peek());
    }

    void written(int bytes) {
        waiting -= bytes;
        ByteBuffer head = out.peek();
        if (head != null && !head.hasRemaining()) {
            out.remove();
        }
    }

    boolean isOver() {
        return over;
    }

    @Override
    public void onRequest(RtspRequest request) {
        RtspHeaders headers =
                RtspHeaders.of("CSeq", Integer.toString(request.headers().cseq()));
        switch (request.method()) {
            case "OPTIONS" ->
                reply(200, headers.with("Public", "OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER, TEARDOWN"));
            case "DESCRIBE" -> describe(request, headers);
            case "SETUP" -> setUp(request, headers);
            case "PLAY" -> {
                reply(200, headers.with(SessionHeader.NAME, SESSION).with("Range", "npt=now-"));
                play(request);
            }
            case "TEARDOWN" -> {
                schedule = Optional.empty();
                reply(200, headers);
                over = true;
            }
            default -> reply(200, headers.with(SessionHeader.NAME, SESSION));
        }
    }

    @Override
    public void onResponse(RtspResponse response) {
        // Nothing was asked.
    }

    @Override
    public void onFrame(int number, byte[] slab, int offset, int length) {
        // A receiver's report.
    }

    private void describe(RtspRequest request, RtspHeaders headers) {
        if (!PATH.matcher(request.uri()).matches()) {
            reply(404, headers);
            return;
        }
        Base64.Encoder base64 = Base64.getEncoder();
        String sdp = String.join(
                "\r\n",
                "v=0",
                "o=- 1 1 IN IP4 127.0.0.1",
                "s=camera",
                "c=IN IP4 0.0.0.0",
                "t=0 0",
                "a=control:*",
                "m=video 0 RTP/AVP " + Packets.PAYLOAD_TYPE,
                "a=rtpmap:" + Packets.PAYLOAD_TYPE + " H264/90000",
                "a=fmtp:" + Packets.PAYLOAD_TYPE + " packetization-mode=1;profile-level-id=42C028;sprop-parameter-sets="
                        + base64.encodeToString(SyntheticVideo.sequenceParameters()) + ","
                        + base64.encodeToString(SyntheticVideo.pictureParameters()),
                "a=control:video",
                "");
        String base = request.uri().endsWith("/") ? request.uri() : request.uri() + "/";
        add(new RtspResponse(
                        200,
                        "OK",
                        headers.with("Content-Type", "application/sdp").with("Content-Base", base),
                        Bytes.copyOf(sdp.getBytes(StandardCharsets.UTF_8)))
                .write());
    }

    private void setUp(RtspRequest request, RtspHeaders headers) {
        Optional<TransportHeader> way = request.headers().all(TransportHeader.NAME).stream()
                .flatMap(value -> TransportHeader.parse(value).stream())
                .filter(TransportHeader::isInterleaved)
                .findFirst();
        if (way.isEmpty()) {
            reply(461, headers);
            return;
        }
        channel = way.get().pair("interleaved").map(TransportHeader.Pair::rtp).orElse(0);
        reply(
                200,
                headers.with(SessionHeader.NAME, new SessionHeader(SESSION, 60).write())
                        .with(
                                TransportHeader.NAME,
                                TransportHeader.interleaved(channel).write()));
    }

    private void play(RtspRequest request) {
        Matcher path = PATH.matcher(request.uri());
        if (path.matches() && packets.isEmpty()) {
            int group = Math.max(1, Integer.parseInt(path.group(1)));
            packets = Optional.of(new Packets(new SyntheticVideo(group), channel));
            FrameSchedule due = FrameSchedule.of(startNanos, Integer.parseInt(path.group(2)));
            next = due.next(nowNanos);
            reportNanos = nowNanos + 2 * FrameSchedule.FRAME_NANOS;
            schedule = Optional.of(due);
        }
    }

    private void report(long now) {
        Packets sent = packets.orElseThrow();
        byte[] bytes = new byte[64];
        int length = new RtcpWriter(bytes)
                .add(new RtcpPacket.SenderReport(
                        sent.ssrc(),
                        NtpTime.ofUnixNanos(now + unixMinusMonotonicNanos),
                        sent.timestamp(),
                        sent.packets(),
                        sent.octets(),
                        List.of()))
                .add(new RtcpPacket.SourceDescription(sent.ssrc(), "camera"))
                .length();
        add(ByteBuffer.allocate(4 + length)
                .put((byte) '$')
                .put((byte) (channel + 1))
                .putShort((short) length)
                .put(bytes, 0, length)
                .flip());
    }

    private void reply(int status, RtspHeaders headers) {
        add(RtspResponse.of(status, headers).write());
    }

    private void add(ByteBuffer bytes) {
        waiting += bytes.remaining();
        out.add(bytes);
    }
}
