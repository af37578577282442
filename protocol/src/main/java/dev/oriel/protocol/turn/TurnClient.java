package dev.oriel.protocol.turn;

import dev.oriel.protocol.stun.StunMessage;
import dev.oriel.protocol.stun.StunMethod;
import dev.oriel.protocol.stun.StunType;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One allocation at a TURN server (RFC 8656), over one UDP socket or TCP connection, from the first request to its end.
 *
 * <p>After each call that changes something, drain {@link #poll()}, then wait for the next message or for {@link
 * #deadlineNanos()}. Confined to one thread. What goes to peers is wrapped by {@link #wrap} without an action for each.
 */
public final class TurnClient {

    /** The most bytes that {@link #wrap} adds. */
    public static final int OVERHEAD_BYTES = 48;

    /** A server that has not given an address within this time is given up. */
    public static final long ALLOCATE_NANOS = 10_000_000_000L;

    /** How often the allocation is renewed: much sooner than it ends, so that a lost one is noticed, and routers keep the way open. */
    static final long REFRESH_NANOS = 20_000_000_000L;

    private static final int LIFETIME_SECONDS = 600;
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final int STUN_HEADER_BYTES = 20;
    private static final int ATTRIBUTE_HEADER_BYTES = 4;
    private static final int SEND_INDICATION = 0x0016;
    private static final int MAGIC_COOKIE = 0x2112a442;
    private static final int XOR_PEER_ADDRESS = 0x0012;
    private static final int DATA = 0x0013;
    private static final int TRY_ALTERNATE = 300;

    /** Takes what peers send. */
    @FunctionalInterface
    public interface Sink {
        /** A datagram, in a part of an array that is written to again afterwards. */
        void received(InetSocketAddress peer, byte[] bytes, int offset, int length);
    }

    private final boolean isStream;
    private final RandomGenerator random;
    private final TurnLogin.Credential credential;
    private final long unixMinusMonotonicNanos;
    private final long giveUpNanos;
    private final Transactions transactions;
    private final Peers peers;
    private final Queue<TurnAction> actions = new ArrayDeque<>();
    private Optional<TurnAction.Ready> ready = Optional.empty();
    private long refreshNanos;
    private long endNanos;
    private long heardNanos;
    private boolean refreshing;
    private boolean gone;

    /**
     * A client that has asked for an address.
     *
     * @param isStream whether bytes come in order and without loss
     * @param unixMinusMonotonicNanos how far the wall clock is ahead
     */
    public TurnClient(
            TurnLogin login, boolean isStream, RandomGenerator random, long unixMinusMonotonicNanos, long nowNanos) {
        this.isStream = isStream;
        this.random = random;
        this.unixMinusMonotonicNanos = unixMinusMonotonicNanos;
        this.credential = login.at(unixSeconds(nowNanos));
        this.giveUpNanos = nowNanos + ALLOCATE_NANOS;
        this.transactions =
                new Transactions(credential, isStream, random, message -> actions.add(new TurnAction.Send(message)));
        this.peers = new Peers(transactions, this::sendLate);
        transactions.ask(
                nowNanos,
                StunMethod.ALLOCATE,
                w -> w.relayUdp().lifetime(LIFETIME_SECONDS),
                new Transactions.Outcome() {
                    @Override
                    public void success(StunMessage response) {
                        allocated(response);
                    }

                    @Override
                    public void failure(int code, Optional<StunMessage> response) {
                        end(
                                "gives no address: " + reason(code),
                                response.filter(r -> code == TRY_ALTERNATE).flatMap(StunMessage::alternateServer));
                    }
                });
    }

    /** Takes a message of the server's. */
    public void receive(long nowNanos, byte[] bytes, int offset, int length, Sink sink) {
        if (gone) {
            return;
        }
        if (ChannelData.is(bytes, offset, length)) {
            InetSocketAddress peer = peers.peer(ChannelData.number(bytes, offset));
            int data = ChannelData.length(bytes, offset);
            if (peer != null && data <= length - ChannelData.HEADER_BYTES) {
                sink.received(peer, bytes, offset + ChannelData.HEADER_BYTES, data);
            }
            return;
        }
        StunMessage.readAny(bytes, offset, length).ifPresent(message -> {
            if (message.type() == StunType.SUCCESS || message.type() == StunType.ERROR) {
                heardNanos = nowNanos;
                transactions.receive(nowNanos, message);
            } else if (message.type() == StunType.INDICATION && message.method() == StunMethod.DATA) {
                indication(message, sink);
            }
        });
    }

    private static void indication(StunMessage message, Sink sink) {
        Optional<InetSocketAddress> peer = message.peerAddress();
        Optional<ByteBuffer> data = message.data();
        if (peer.isPresent() && data.isPresent()) {
            byte[] datagram = new byte[data.get().remaining()];
            data.get().get(datagram);
            sink.received(peer.get(), datagram, 0, datagram.length);
        }
    }

    /**
     * Wraps a datagram for a peer.
     *
     * @param out with room for {@link #OVERHEAD_BYTES} more
     * @return how many bytes of {@code out} are to be sent; 0 if there is nothing to send now, since the server must be asked first;
     *     negative if the datagram is dropped
     */
    public int wrap(long nowNanos, InetSocketAddress peer, byte[] datagram, int length, byte[] out) {
        if (gone || ready.isEmpty()) {
            return -1;
        }
        int channel = peers.channel(nowNanos, peer);
        if (channel != 0) {
            return ChannelData.write(channel, datagram, length, isStream, out);
        }
        if (peers.isPermitted(nowNanos, peer)) {
            return writeIndication(peer, datagram, length, out);
        }
        byte[] copy = new byte[length];
        System.arraycopy(datagram, 0, copy, 0, length);
        return peers.hold(peer, copy) ? 0 : -1;
    }

    /** What goes to a peer takes the short form from now on, as soon as the server knows. */
    public void bind(long nowNanos, InetSocketAddress peer) {
        if (!gone && ready.isPresent()) {
            peers.bind(nowNanos, peer);
        }
    }

    /** Nothing goes to a peer any more. */
    public void release(long nowNanos, InetSocketAddress peer) {
        peers.release(nowNanos, peer);
    }

    /** Gives the address back; the server is told once. */
    public void close() {
        if (!gone && ready.isPresent()) {
            transactions.tell(StunMethod.REFRESH, w -> w.lifetime(0));
        }
        gone = true;
    }

    /** Takes the time. */
    public void wake(long nowNanos) {
        if (gone) {
            return;
        }
        transactions.wake(nowNanos);
        if (gone) {
            return;
        }
        if (ready.isEmpty()) {
            if (nowNanos - giveUpNanos >= 0) {
                end("does not answer");
            }
            return;
        }
        if (nowNanos - endNanos >= 0) {
            end("does not answer any more");
            return;
        }
        peers.wake(nowNanos);
        if (!refreshing && nowNanos - refreshNanos >= 0) {
            if (peers.isEmpty() && isOld(nowNanos)) {
                close();
                actions.add(new TurnAction.Gone("is logged in to anew", Optional.empty()));
            } else {
                refresh(nowNanos);
            }
        }
    }

    /** When {@link #wake} is due at the latest; absent once it is gone. */
    public OptionalLong deadlineNanos() {
        if (gone) {
            return OptionalLong.empty();
        }
        OptionalLong due = Deadlines.earlier(transactions.deadlineNanos(), peers.deadlineNanos());
        due = Deadlines.earlier(due, ready.isEmpty() ? giveUpNanos : endNanos);
        return ready.isEmpty() || refreshing ? due : Deadlines.earlier(due, refreshNanos);
    }

    /** The next thing to do; null when there is nothing. */
    public @Nullable TurnAction poll() {
        return actions.poll();
    }

    private void allocated(StunMessage response) {
        Optional<InetSocketAddress> relayed = response.relayedAddress();
        if (relayed.isEmpty()) {
            end("gives no address");
            return;
        }
        granted(response, heardNanos);
        ready = Optional.of(
                new TurnAction.Ready(relayed.get(), response.mappedAddress().orElse(relayed.get())));
        actions.add(ready.get());
    }

    private void granted(StunMessage response, long nowNanos) {
        long lifetime = response.lifetimeSeconds().orElse(LIFETIME_SECONDS) * SECOND_NANOS;
        endNanos = nowNanos + lifetime;
        refreshNanos = nowNanos + Math.min(REFRESH_NANOS, lifetime / 2);
        refreshing = false;
    }

    private void refresh(long nowNanos) {
        refreshing = true;
        transactions.ask(nowNanos, StunMethod.REFRESH, w -> w.lifetime(LIFETIME_SECONDS), new Transactions.Outcome() {
            @Override
            public void success(StunMessage response) {
                granted(response, heardNanos);
            }

            @Override
            public void failure(int code, Optional<StunMessage> response) {
                end(code == 0 ? "does not answer any more" : "takes the address away: " + reason(code));
            }
        });
    }

    private boolean isOld(long nowNanos) {
        OptionalLong renew = credential.renewUnixSeconds();
        return renew.isPresent() && unixSeconds(nowNanos) >= renew.getAsLong();
    }

    private long unixSeconds(long nowNanos) {
        return (nowNanos + unixMinusMonotonicNanos) / SECOND_NANOS;
    }

    private void sendLate(InetSocketAddress peer, byte[] datagram) {
        byte[] out = new byte[datagram.length + OVERHEAD_BYTES];
        int length = writeIndication(peer, datagram, datagram.length, out);
        byte[] message = new byte[length];
        System.arraycopy(out, 0, message, 0, length);
        actions.add(new TurnAction.Send(message));
    }

    /** A Send indication (RFC 8656 section 11.1), which needs no signature. */
    private int writeIndication(InetSocketAddress peer, byte[] datagram, int length, byte[] out) {
        byte[] id = new byte[12];
        random.nextBytes(id);
        byte[] address = peer.getAddress().getAddress();
        ByteBuffer buffer = ByteBuffer.wrap(out);
        buffer.putShort((short) SEND_INDICATION)
                .putShort((short) 0)
                .putInt(MAGIC_COOKIE)
                .put(id);
        buffer.putShort((short) XOR_PEER_ADDRESS).putShort((short) (ATTRIBUTE_HEADER_BYTES + address.length));
        buffer.put((byte) 0).put((byte) (address.length == 4 ? 1 : 2));
        buffer.putShort((short) (peer.getPort() ^ MAGIC_COOKIE >>> 16));
        for (int i = 0; i < address.length; i++) {
            buffer.put((byte) (address[i] ^ out[4 + i]));
        }
        buffer.putShort((short) DATA).putShort((short) length).put(datagram, 0, length);
        while (buffer.position() % 4 != 0) {
            buffer.put((byte) 0);
        }
        buffer.putShort(2, (short) (buffer.position() - STUN_HEADER_BYTES));
        return buffer.position();
    }

    private void end(String sentence) {
        end(sentence, Optional.empty());
    }

    private void end(String sentence, Optional<InetSocketAddress> instead) {
        if (!gone) {
            gone = true;
            actions.add(new TurnAction.Gone(sentence, instead));
        }
    }

    private static String reason(int code) {
        return switch (code) {
            case 0 -> "it does not answer";
            case TRY_ALTERNATE -> "it names another server";
            case 401, 441 -> "it does not accept the user name and password, or the secret";
            case 403 -> "it is forbidden";
            case 437 -> "it knows no such allocation, or already another";
            case 486 -> "this user has as many as are allowed";
            case 508 -> "it has none left";
            default -> "it answers with " + code;
        };
    }
}
