package dev.oriel.testkit.viewer.light;

import dev.oriel.api.media.Bytes;
import dev.oriel.protocol.ice.IceCredentials;
import dev.oriel.protocol.rtcp.ReportBlock;
import dev.oriel.protocol.rtcp.RtcpPacket;
import dev.oriel.protocol.rtcp.RtcpWriter;
import dev.oriel.protocol.srtp.SrtpReceiver;
import dev.oriel.protocol.srtp.SrtpSender;
import dev.oriel.protocol.stun.StunMessage;
import dev.oriel.protocol.stun.StunType;
import dev.oriel.protocol.stun.StunWriter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * One viewer with a socket of its own. It does what a browser does without congestion control: checks and consent (RFC 8445, RFC
 * 7675), a receiver report each second, a request for a picture until there is one; it never asks for a packet again.
 *
 * <p>What it has seen may be asked from any thread; everything else happens on the viewers' thread.
 */
public final class LightViewer {

    private static final long MILLI = 1_000_000L;
    private static final long FIRST_CHECK_NANOS = 20 * MILLI;
    private static final long LONGEST_CHECK_NANOS = 500 * MILLI;
    private static final long CONSENT_NANOS = 3_000 * MILLI;
    private static final long REPORT_NANOS = 1_000 * MILLI;
    private static final long FIRST_REQUEST_NANOS = 50 * MILLI;
    private static final long REQUEST_NANOS = 500 * MILLI;
    private static final int OWN_SSRC = 0x6c696768;
    private static final long PRIORITY = 1_853_824_767L;

    /** The server may be done with the handshake, and send, before we know that we are. */
    private static final int MAX_EARLY = 2048;

    private record Early(byte[] bytes, long nanos) {}

    private final DatagramChannel channel;
    private final IceCredentials own;
    private final Bytes transaction;
    private final VideoMeter meter;
    private final Pipe pipe = new Pipe(this::send);
    private final CompletableFuture<LightViewer> connected = new CompletableFuture<>();
    private final CompletableFuture<LightViewer> pictured = new CompletableFuture<>();
    private final byte[] control = new byte[128];
    private final byte[] sealed = new byte[256];

    private final List<Early> early = new ArrayList<>();

    private volatile Optional<RemoteEnd> remote = Optional.empty();
    private volatile Optional<InetSocketAddress> peer = Optional.empty();
    private volatile Optional<Handshake.Done> handshake = Optional.empty();
    private Optional<SrtpSender> sender = Optional.empty();
    private ByteBuffer check = ByteBuffer.allocate(0);
    private long patienceNanos;
    private long checkNanos;
    private long checkInterval = FIRST_CHECK_NANOS;
    private long reportNanos;
    private long requestNanos;

    private volatile long beganNanos;
    private volatile long answeredNanos;
    private volatile long connectedNanos;
    private volatile long securedNanos;
    private volatile long picturedNanos;

    LightViewer(DatagramChannel channel, IceCredentials own, Bytes transaction, VideoMeter meter) {
        this.channel = channel;
        this.own = own;
        this.transaction = transaction;
        this.meter = meter;
    }

    /** How long its joining took. */
    public Steps steps() {
        return new Steps(step(answeredNanos), step(connectedNanos), step(securedNanos), step(picturedNanos));
    }

    /** What it has got; to be asked on the viewers' thread, see {@link LightViewers#ask}. */
    public Counts counts() {
        return meter.counts();
    }

    private OptionalLong step(long nanos) {
        return nanos == 0 ? OptionalLong.empty() : OptionalLong.of(nanos - beganNanos);
    }

    String offer(String fingerprint) throws IOException {
        return ViewerOffer.write(own, (InetSocketAddress) channel.getLocalAddress(), fingerprint);
    }

    DatagramChannel channel() {
        return channel;
    }

    Pipe pipe() {
        return pipe;
    }

    VideoMeter meter() {
        return meter;
    }

    CompletableFuture<LightViewer> connected() {
        return connected;
    }

    CompletableFuture<LightViewer> pictured() {
        return pictured;
    }

    void began(long nowNanos) {
        beganNanos = nowNanos;
    }

    void answered(long nowNanos) {
        answeredNanos = nowNanos;
    }

    /** Begins its checks. */
    void begin(RemoteEnd end, long nowNanos, long untilNanos) {
        remote = Optional.of(end);
        patienceNanos = untilNanos;
        check = ByteBuffer.wrap(new StunWriter(StunType.REQUEST, transaction)
                .username(end.credentials().fragment() + ":" + own.fragment())
                .priority(PRIORITY)
                .controlling(own.hashCode() | 1L << 40)
                .useCandidate()
                .signedWith(end.credentials().password()));
        checkNanos = nowNanos;
        wake(nowNanos);
    }

    /** Has keys. */
    void secured(Handshake.Done done, long nowNanos) {
        securedNanos = nowNanos;
        handshake = Optional.of(done);
        sender = Optional.of(new SrtpSender(done.own()));
        meter.secured(new SrtpReceiver(done.remote()));
        early.forEach(one -> video(ByteBuffer.wrap(one.bytes()), one.bytes().length, one.nanos()));
        early.clear();
        reportNanos = nowNanos + REPORT_NANOS;
        requestNanos = nowNanos + FIRST_REQUEST_NANOS;
    }

    /** Does what is due. */
    void wake(long nowNanos) {
        if (!pictured.isDone() && nowNanos - patienceNanos > 0) {
            fail(connectedNanos == 0 ? "No check was answered in time" : "No whole keyframe came in time");
        }
        if (nowNanos - checkNanos >= 0) {
            peer.ifPresentOrElse(
                    this::check, () -> remote.ifPresent(r -> r.candidates().forEach(this::check)));
            checkNanos = nowNanos + (peer.isPresent() ? CONSENT_NANOS : checkInterval);
            checkInterval = Math.min(LONGEST_CHECK_NANOS, checkInterval * 2);
        }
        if (sender.isPresent() && nowNanos - reportNanos >= 0) {
            reportNanos = nowNanos + REPORT_NANOS;
            report();
        }
        if (sender.isPresent() && !meter.isPictured() && nowNanos - requestNanos >= 0) {
            requestNanos = nowNanos + REQUEST_NANOS;
            if (meter.hasStarted()) {
                control(new RtcpWriter(control)
                        .add(new RtcpPacket.ReceiverReport(OWN_SSRC, List.of()))
                        .add(new RtcpPacket.PictureLoss(OWN_SSRC, meter.ssrc())));
            }
        }
    }

    /** Takes a datagram, which is in the buffer from 0 on. */
    void datagram(InetSocketAddress from, ByteBuffer buffer, int length, long nowNanos) {
        int first = length < 2 ? 0xff : buffer.get(0) & 0xff;
        if (first <= 3) {
            stun(from, copy(buffer, length), nowNanos);
        } else if (peer.isEmpty() || !peer.get().equals(from)) {
            return;
        } else if (first >= 20 && first <= 63) {
            pipe.offer(copy(buffer, length));
        } else if (first >= 128 && first <= 191) {
            int second = buffer.get(1) & 0xff;
            boolean isControl = second >= 192 && second <= 223;
            if (!isControl && remote.isPresent() && remote.get().videoTypes().get(second & 0x7f)) {
                if (sender.isPresent()) {
                    video(buffer, length, nowNanos);
                } else if (early.size() < MAX_EARLY) {
                    early.add(new Early(copy(buffer, length), nowNanos));
                }
            }
        }
    }

    private void video(ByteBuffer buffer, int length, long nowNanos) {
        meter.packet(buffer, length, nowNanos);
        if (picturedNanos == 0 && meter.isPictured()) {
            picturedNanos = nowNanos;
            pictured.complete(this);
        }
    }

    /** Closes its socket. */
    void end() {
        fail("The viewer has left");
        pipe.abort();
        try {
            channel.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Tells the server that it leaves. */
    void sayGoodbye() {
        handshake.ifPresent(done -> {
            try {
                done.transport().close();
            } catch (IOException e) {
                // The server then finds out by silence.
            }
        });
    }

    void fail(String sentence) {
        IOException failure = new IOException(sentence);
        connected.completeExceptionally(failure);
        pictured.completeExceptionally(failure);
    }

    private static byte[] copy(ByteBuffer buffer, int length) {
        byte[] bytes = new byte[length];
        buffer.get(0, bytes);
        return bytes;
    }

    private void stun(InetSocketAddress from, byte[] bytes, long nowNanos) {
        Optional<StunMessage> read = StunMessage.read(bytes, 0, bytes.length);
        if (read.isEmpty()) {
            return;
        }
        StunMessage message = read.get();
        if (message.type() == StunType.REQUEST && message.isSignedWith(own.password())) {
            byte[] reply = new StunWriter(StunType.SUCCESS, message.transactionId())
                    .mappedAddress(from)
                    .signedWith(own.password());
            send(ByteBuffer.wrap(reply), from);
            if (peer.isEmpty() && check.hasRemaining()) {
                check(from);
            }
        } else if (message.type() == StunType.SUCCESS
                && peer.isEmpty()
                && message.transactionId().equals(transaction)) {
            peer = Optional.of(from);
            connectedNanos = nowNanos;
            checkNanos = nowNanos + CONSENT_NANOS;
            connected.complete(this);
        }
    }

    private void check(InetSocketAddress to) {
        send(check.duplicate(), to);
    }

    private void report() {
        List<ReportBlock> blocks = meter.hasStarted()
                ? List.of(new ReportBlock(
                        meter.ssrc(), 0, (int) meter.counts().lost(), meter.extendedSequence(), 0, 0, 0))
                : List.of();
        control(new RtcpWriter(control).add(new RtcpPacket.ReceiverReport(OWN_SSRC, blocks)));
    }

    private void control(RtcpWriter written) {
        int length = sender.orElseThrow().protectControl(control, written.length(), sealed);
        peer.ifPresent(to -> send(ByteBuffer.wrap(sealed, 0, length), to));
    }

    private void send(byte[] datagram) {
        peer.ifPresent(to -> send(ByteBuffer.wrap(datagram), to));
    }

    private void send(ByteBuffer datagram, InetSocketAddress to) {
        try {
            channel.send(datagram, to);
        } catch (IOException e) {
            // As lost on the way: a closed channel, or an address of the server's that cannot be reached from here.
        }
    }
}
