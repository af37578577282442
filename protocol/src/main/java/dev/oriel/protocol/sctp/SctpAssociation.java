package dev.oriel.protocol.sctp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Our side of the association that carries a viewer's data channels (RFC 8831): it lets channels be opened and keeps them so,
 * acknowledges and drops what arrives on them, and says nothing of its own.
 *
 * <p>Packets are what DTLS carries. After each call that changes something, drain {@link #poll()}, then wait for the next
 * packet or for {@link #deadlineNanos()}. Confined to one thread. All it keeps is bounded; what does not fit is lost, as on a
 * network.
 *
 * <p>The viewer usually begins. If it does not within a second, this side does, too; both at once come to the same association.
 */
public final class SctpAssociation {

    private static final long PATIENCE_NANOS = 1_000_000_000L;
    private static final long ACK_DELAY_NANOS = 200_000_000L;
    private static final int ACK_EVERY = 2;
    private static final int MAX_PACKETS = 64;
    private static final int USER_INITIATED = 12;
    private static final int UNRECOGNIZED_CHUNK = 6;
    private static final int MAX_REPORTED_BYTES = 64;

    private enum State {
        /** Nothing, or not any more; the viewer may begin. */
        CLOSED,
        COOKIE_WAIT,
        COOKIE_ECHOED,
        ESTABLISHED,
        SHUTDOWN_ACK_SENT,
        /** We have ended it. */
        OVER
    }

    private final SctpPorts ports;
    private final Opening opening;
    private final Queue<byte[]> packets = new ArrayDeque<>();
    private final RetransmissionTimer timer = new RetransmissionTimer();
    private State state = State.CLOSED;
    private StateCookie.Side own;
    private StateCookie.Side peer = new StateCookie.Side(0, 0);
    private byte[] cookie = new byte[0];

    private ReceivedTsns received = new ReceivedTsns(0);
    private SentData sentData = new SentData(0);
    private StreamResets resets = new StreamResets(0, 0);
    private ControlMessages messages = new ControlMessages();
    private final Channels channels = new Channels();
    private int unacknowledged;
    private boolean acknowledgeNow;
    private OptionalLong acknowledgeNanos = OptionalLong.empty();

    /** What the packet that is being answered adds to the answer. */
    private PacketWriter reply = new PacketWriter();

    private final List<Parameter> resetAnswers = new ArrayList<>();

    /**
     * An association that waits for the viewer.
     *
     * @param random for tags and sequence numbers, which nobody must be able to guess
     */
    public SctpAssociation(SctpPorts ports, RandomGenerator random, long nowNanos) {
        this.ports = ports;
        this.opening = new Opening(random);
        this.own = opening.choose();
        timer.startAfter(nowNanos, PATIENCE_NANOS);
    }

    /** Takes what DTLS has decrypted; what is no packet of this association changes nothing. */
    public void receive(long nowNanos, byte[] bytes, int offset, int length) {
        if (state == State.OVER) {
            return;
        }
        SctpPacket packet = SctpPacket.read(bytes, offset, length)
                .filter(p -> p.isBetween(ports))
                .orElse(null);
        if (packet == null) {
            return;
        }
        for (Chunk chunk : packet.chunks()) {
            if (!take(nowNanos, packet, chunk)) {
                break;
            }
        }
        flush(nowNanos);
    }

    /** Takes the time. */
    public void wake(long nowNanos) {
        if (acknowledgeNanos.isPresent() && nowNanos - acknowledgeNanos.getAsLong() >= 0) {
            acknowledgeNow = true;
        }
        if (timer.isDue(nowNanos)) {
            again(nowNanos);
        }
        if (state == State.ESTABLISHED) {
            resets.wake(nowNanos);
            if (!sentData.wake(nowNanos)) {
                forget();
            }
        }
        flush(nowNanos);
    }

    /** Ends it: channels are reset and the association is aborted, in one last packet. Idempotent. */
    public void close(long nowNanos) {
        if (state == State.ESTABLISHED) {
            resets.request(channels.closeAll());
            resets.write(nowNanos, List.of(), sentData.lastTsn(), reply);
        }
        if (state == State.ESTABLISHED || state == State.COOKIE_ECHOED) {
            reply.add(Chunk.ABORT, 0, Opening.cause(USER_INITIATED, new byte[0]));
            send(peer.tag());
        }
        forget();
        state = State.OVER;
    }

    /** The next packet to send; null when there is none. */
    public byte @Nullable [] poll() {
        return packets.poll();
    }

    /** When {@link #wake} is due at the latest; absent when nothing is pending. */
    public OptionalLong deadlineNanos() {
        return Stream.of(timer.due(), acknowledgeNanos, sentData.deadlineNanos(), resets.deadlineNanos())
                .filter(OptionalLong::isPresent)
                .reduce((a, b) -> a.getAsLong() - b.getAsLong() <= 0 ? a : b)
                .orElse(OptionalLong.empty());
    }

    /** Whether both sides have agreed on it and neither has ended it. */
    public boolean isEstablished() {
        return state == State.ESTABLISHED;
    }

    /** How many channels are open. */
    public int channels() {
        return channels.size();
    }

    /** Whether the rest of the packet is to be read. */
    private boolean take(long nowNanos, SctpPacket packet, Chunk chunk) {
        if (chunk.type() == Chunk.INIT) {
            if (packet.tag() == 0 && packet.chunks().size() == 1) {
                init(nowNanos, chunk);
            }
            return false;
        }
        if (chunk.type() == Chunk.COOKIE_ECHO) {
            return StateCookie.open(chunk.bytes(), opening.secret())
                    .filter(c -> c.own().tag() == packet.tag())
                    .filter(c -> cookieEcho(nowNanos, c))
                    .isPresent();
        }
        boolean reflected =
                chunk.reflectsTag() && (chunk.type() == Chunk.ABORT || chunk.type() == Chunk.SHUTDOWN_COMPLETE);
        // Only who has seen our INIT or INIT ACK knows our tag; a guess has no effect (RFC 9260 section 8.5).
        if (packet.tag() != (reflected ? peer.tag() : own.tag()) || packet.tag() == 0) {
            return false;
        }
        return switch (state) {
            case COOKIE_WAIT -> initAnswered(nowNanos, chunk);
            case COOKIE_ECHOED -> cookieAnswered(chunk);
            case ESTABLISHED -> established(nowNanos, chunk);
            case SHUTDOWN_ACK_SENT -> shuttingDown(chunk);
            case CLOSED, OVER -> false;
        };
    }

    private void init(long nowNanos, Chunk chunk) {
        Optional<Opening.Init> init = Opening.Init.read(chunk);
        if (init.isEmpty() || state == State.SHUTDOWN_ACK_SENT) {
            return;
        }
        // Before that the tag must stay the one of our own INIT, which may be on its way (RFC 9260 section 5.2.1).
        boolean again = state == State.ESTABLISHED;
        StateCookie.Side offered = again ? opening.choose() : own;
        StateCookie made =
                new StateCookie(offered, init.get().side(), again ? own.tag() : 0, again ? peer.tag() : 0, nowNanos);
        reply.add(Chunk.INIT_ACK, 0, opening.initAck(made, init.get()));
        send(init.get().side().tag());
        if (state == State.CLOSED) {
            // It has begun; no need to begin as well unless it goes silent again.
            timer.startAfter(nowNanos, 2 * PATIENCE_NANOS);
        }
    }

    /** RFC 9260 section 5.2.4, by its table. */
    private boolean cookieEcho(long nowNanos, StateCookie echoed) {
        boolean ownFits = echoed.own().tag() == own.tag();
        boolean peerFits = echoed.peer().tag() == peer.tag();
        boolean isNew = state == State.CLOSED || state == State.COOKIE_WAIT;
        if (state == State.SHUTDOWN_ACK_SENT || opening.isStale(nowNanos, echoed) && !(ownFits && peerFits)) {
            return false;
        }
        if (state == State.ESTABLISHED && ownFits && peerFits) {
            reply.add(Chunk.COOKIE_ACK, 0, new byte[0]);
            return true;
        }
        boolean restarts = !ownFits && !peerFits && echoed.tieOwn() == own.tag() && echoed.tiePeer() == peer.tag();
        if (!(ownFits || isNew || restarts)) {
            return false;
        }
        establish(echoed.own(), echoed.peer());
        reply.add(Chunk.COOKIE_ACK, 0, new byte[0]);
        return true;
    }

    private void establish(StateCookie.Side ours, StateCookie.Side theirs) {
        own = ours;
        peer = theirs;
        received = new ReceivedTsns(theirs.firstTsn());
        sentData = new SentData(ours.firstTsn());
        resets = new StreamResets(ours.firstTsn(), theirs.firstTsn());
        messages = new ControlMessages();
        channels.closeAll();
        unacknowledged = 0;
        acknowledgeNow = false;
        acknowledgeNanos = OptionalLong.empty();
        resetAnswers.clear();
        timer.stop();
        state = State.ESTABLISHED;
    }

    private boolean initAnswered(long nowNanos, Chunk chunk) {
        if (chunk.type() == Chunk.ABORT) {
            forget();
        } else if (chunk.type() == Chunk.INIT_ACK) {
            Opening.Init.read(chunk).filter(i -> i.cookie().length > 0).ifPresent(ack -> {
                peer = ack.side();
                cookie = ack.cookie();
                state = State.COOKIE_ECHOED;
                timer.start(nowNanos);
                reply.add(Chunk.COOKIE_ECHO, 0, cookie);
            });
        }
        return false;
    }

    private boolean cookieAnswered(Chunk chunk) {
        if (chunk.type() == Chunk.COOKIE_ACK) {
            establish(own, peer);
            return true;
        }
        if (chunk.type() == Chunk.ABORT) {
            forget();
        }
        return false;
    }

    private boolean shuttingDown(Chunk chunk) {
        if (chunk.type() == Chunk.SHUTDOWN_COMPLETE || chunk.type() == Chunk.ABORT) {
            forget();
        } else if (chunk.type() == Chunk.SHUTDOWN) {
            reply.add(Chunk.SHUTDOWN_ACK, 0, new byte[0]);
        }
        return false;
    }

    private boolean established(long nowNanos, Chunk chunk) {
        switch (chunk.type()) {
            case Chunk.DATA -> Data.read(chunk).ifPresent(this::data);
            case Chunk.SACK -> sentData.acknowledged(nowNanos, chunk.value());
            case Chunk.HEARTBEAT -> reply.add(Chunk.HEARTBEAT_ACK, 0, chunk.bytes());
            case Chunk.RE_CONFIG -> reset(chunk);
            case Chunk.FORWARD_TSN -> {
                if (chunk.value().remaining() >= 4) {
                    received.skipTo(chunk.value().getInt(0));
                    acknowledgeNow = true;
                }
            }
            case Chunk.SHUTDOWN -> {
                // What we have said on channels has no meaning any more: it is not waited for.
                establish(own, peer);
                state = State.SHUTDOWN_ACK_SENT;
                timer.start(nowNanos);
                reply.add(Chunk.SHUTDOWN_ACK, 0, new byte[0]);
                return false;
            }
            case Chunk.ABORT -> {
                forget();
                return false;
            }
            case Chunk.INIT_ACK, Chunk.HEARTBEAT_ACK, Chunk.ERROR, Chunk.COOKIE_ACK -> {
                // Late, or nothing that could be mended.
            }
            case Chunk.SHUTDOWN_ACK, Chunk.SHUTDOWN_COMPLETE -> {
                return false;
            }
            default -> {
                if (chunk.isReportedWhenUnknown()) {
                    byte[] seen = chunk.bytes();
                    byte[] part = java.util.Arrays.copyOf(seen, Math.min(seen.length, MAX_REPORTED_BYTES));
                    reply.add(Chunk.ERROR, 0, Opening.cause(UNRECOGNIZED_CHUNK, Opening.header(chunk, part)));
                }
                return chunk.isSkippedWhenUnknown();
            }
        }
        return true;
    }

    private void data(Data data) {
        unacknowledged++;
        boolean isNew = received.add(data.tsn());
        acknowledgeNow |= !isNew || received.hasGaps() || unacknowledged >= ACK_EVERY || data.isAcknowledgedAtOnce();
        if (isNew && data.ppid() == Data.CONTROL) {
            messages.add(data).ifPresent(message -> control(data.stream(), message));
        }
    }

    private void control(int stream, byte[] message) {
        switch (channels.receive(stream, message)) {
            case ACKNOWLEDGE -> sentData.add(stream, Data.CONTROL, Channels.acknowledgement());
            case RESET -> resets.request(List.of(stream));
            case NOTHING -> {
                // An answer to a question that was not asked, or a kind of message of the future.
            }
        }
    }

    private void reset(Chunk chunk) {
        for (StreamResets.Outcome outcome : resets.receive(chunk, received.cumulative())) {
            resetAnswers.add(outcome.answer());
            List<Integer> closed = channels.close(outcome.closed());
            closed.forEach(sentData::forget);
            resets.request(closed);
        }
    }

    private void again(long nowNanos) {
        boolean goesOn = state == State.CLOSED || timer.again(nowNanos);
        if (!goesOn) {
            forget();
            return;
        }
        switch (state) {
            case CLOSED -> {
                state = State.COOKIE_WAIT;
                timer.start(nowNanos);
                sendInit();
            }
            case COOKIE_WAIT -> sendInit();
            case COOKIE_ECHOED -> reply.add(Chunk.COOKIE_ECHO, 0, cookie);
            case SHUTDOWN_ACK_SENT -> reply.add(Chunk.SHUTDOWN_ACK, 0, new byte[0]);
            case ESTABLISHED, OVER -> timer.stop();
        }
    }

    private void sendInit() {
        reply.add(Chunk.INIT, 0, opening.init(own));
        send(0);
    }

    /** As if nothing had been; the viewer may begin again. */
    private void forget() {
        establish(opening.choose(), new StateCookie.Side(0, 0));
        state = State.CLOSED;
    }

    private void flush(long nowNanos) {
        if (state == State.ESTABLISHED) {
            resets.write(nowNanos, resetAnswers, sentData.lastTsn(), reply);
            resetAnswers.clear();
            if (acknowledgeNow || unacknowledged > 0 && sentData.hasUnsent()) {
                reply.add(Chunk.SACK, 0, received.acknowledgement());
                unacknowledged = 0;
                acknowledgeNow = false;
                acknowledgeNanos = OptionalLong.empty();
            } else if (unacknowledged > 0 && acknowledgeNanos.isEmpty()) {
                acknowledgeNanos = OptionalLong.of(nowNanos + ACK_DELAY_NANOS);
            }
            sentData.write(nowNanos, reply);
        }
        send(peer.tag());
    }

    private void send(int tag) {
        if (!reply.isEmpty() && packets.size() < MAX_PACKETS) {
            packets.add(reply.finish(ports, tag));
        }
        reply = new PacketWriter();
    }
}
