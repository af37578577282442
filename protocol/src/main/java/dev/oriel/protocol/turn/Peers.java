package dev.oriel.protocol.turn;

import dev.oriel.protocol.stun.StunMessage;
import dev.oriel.protocol.stun.StunMethod;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Whom the server sends to for us: a permission for each address (RFC 8656 section 9), a channel for each viewer that stays
 * (section 12). Bounded: of too many, the one not written to for longest goes.
 */
final class Peers {

    static final int MAX_PERMISSIONS = 512;
    static final int MAX_CHANNELS = 1024;

    /** The most requests under way when another address is asked for. */
    private static final int MAX_REQUESTS = 1024;

    /** The most datagrams that wait for permissions, of one address and in all. */
    private static final int MAX_HELD = 4;

    private static final int MAX_HELD_IN_ALL = 256;

    /** A permission is good for 5 minutes, a channel for 10 (RFC 8656 sections 9 and 12). */
    private static final long RENEW_PERMISSION_NANOS = 240_000_000_000L;

    private static final long RENEW_CHANNEL_NANOS = 540_000_000_000L;

    /** What has not been written to for this long is not renewed. */
    private static final long IDLE_NANOS = 120_000_000_000L;

    private static final long REFUSED_NANOS = 30_000_000_000L;

    /** How long a channel's number is not given to another peer: its life, and five minutes (RFC 8656 section 12). */
    private static final long REUSE_NANOS = 900_000_000_000L;

    private enum State {
        NEW,
        ASKED,
        GRANTED,
        REFUSED
    }

    private static final class Permission {
        State state = State.NEW;
        long usedNanos;
        long dueNanos;
        final Deque<Held> held = new ArrayDeque<>();
    }

    private static final class Channel {
        final InetSocketAddress peer;
        final int number;
        State state = State.NEW;
        long usedNanos;
        long dueNanos;
        boolean released;

        Channel(InetSocketAddress peer, int number, long nowNanos) {
            this.peer = peer;
            this.number = number;
            this.usedNanos = nowNanos;
        }
    }

    private record Held(InetSocketAddress peer, byte[] datagram) {}

    private record Freed(int number, long atNanos) {}

    private final Transactions transactions;
    private final BiConsumer<InetSocketAddress, byte[]> send;
    private final Map<InetAddress, Permission> permissions = new LinkedHashMap<>();
    private final Map<InetSocketAddress, Channel> channels = new HashMap<>();
    private final Map<Integer, Channel> byNumber = new HashMap<>();
    private final Deque<Freed> freed = new ArrayDeque<>();
    private int nextNumber = ChannelData.FIRST_NUMBER;
    private int held;

    /** @param send takes datagrams that had to wait */
    Peers(Transactions transactions, BiConsumer<InetSocketAddress, byte[]> send) {
        this.transactions = transactions;
        this.send = send;
    }

    boolean isEmpty() {
        return channels.isEmpty();
    }

    /** The number of the channel to a peer; 0 while there is none. */
    int channel(long nowNanos, InetSocketAddress peer) {
        Channel channel = channels.get(peer);
        if (channel == null || channel.state != State.GRANTED) {
            return 0;
        }
        channel.usedNanos = nowNanos;
        return channel.number;
    }

    /** Whom a channel leads to; null for nobody. */
    @Nullable
    InetSocketAddress peer(int number) {
        Channel channel = byNumber.get(number);
        return channel == null ? null : channel.peer;
    }

    /** Whether the server sends to a peer by now; if not, it is asked to. */
    boolean isPermitted(long nowNanos, InetSocketAddress peer) {
        Permission permission = permissions.get(peer.getAddress());
        if (permission == null) {
            if (transactions.size() >= MAX_REQUESTS) {
                return false;
            }
            makeRoom();
            permission = new Permission();
            permissions.put(peer.getAddress(), permission);
        }
        permission.usedNanos = nowNanos;
        if (permission.state == State.NEW) {
            permit(nowNanos, peer, permission);
        }
        return permission.state == State.GRANTED;
    }

    /** Keeps a datagram until the server sends to its peer; false if it is not worth it. */
    boolean hold(InetSocketAddress peer, byte[] datagram) {
        Permission permission = permissions.get(peer.getAddress());
        if (permission == null
                || permission.state != State.ASKED
                || permission.held.size() == MAX_HELD
                || held == MAX_HELD_IN_ALL) {
            return false;
        }
        held++;
        permission.held.add(new Held(peer, datagram));
        return true;
    }

    /** Has a channel to a peer bound. */
    void bind(long nowNanos, InetSocketAddress peer) {
        if (channels.containsKey(peer) || channels.size() == MAX_CHANNELS) {
            return;
        }
        int number = 0;
        if (!freed.isEmpty() && nowNanos - freed.getFirst().atNanos() >= REUSE_NANOS) {
            number = freed.removeFirst().number();
        } else if (nextNumber <= ChannelData.LAST_NUMBER) {
            number = nextNumber++;
        }
        if (number != 0) {
            Channel channel = new Channel(peer, number, nowNanos);
            channels.put(peer, channel);
            byNumber.put(number, channel);
            bind(nowNanos, channel);
        }
    }

    /** A peer is not spoken to any more: what it has is not renewed. */
    void release(long nowNanos, InetSocketAddress peer) {
        Channel channel = channels.remove(peer);
        if (channel != null) {
            channel.released = true;
            byNumber.remove(channel.number);
            freed.add(new Freed(channel.number, nowNanos));
        }
    }

    void wake(long nowNanos) {
        for (Iterator<Map.Entry<InetAddress, Permission>> all =
                        permissions.entrySet().iterator();
                all.hasNext(); ) {
            Map.Entry<InetAddress, Permission> entry = all.next();
            Permission permission = entry.getValue();
            if (permission.state == State.ASKED || nowNanos - permission.dueNanos < 0) {
                continue;
            }
            if (permission.state == State.GRANTED && nowNanos - permission.usedNanos < IDLE_NANOS) {
                // The port plays no part.
                permit(nowNanos, new InetSocketAddress(entry.getKey(), 0), permission);
            } else {
                all.remove();
            }
        }
        for (Channel channel : List.copyOf(channels.values())) {
            if (channel.state != State.ASKED && nowNanos - channel.dueNanos >= 0) {
                if (channel.state == State.GRANTED && nowNanos - channel.usedNanos < IDLE_NANOS) {
                    bind(nowNanos, channel);
                } else {
                    release(nowNanos, channel.peer);
                }
            }
        }
    }

    OptionalLong deadlineNanos() {
        OptionalLong due = OptionalLong.empty();
        for (Permission permission : permissions.values()) {
            due = permission.state == State.ASKED ? due : Deadlines.earlier(due, permission.dueNanos);
        }
        for (Channel channel : channels.values()) {
            due = channel.state == State.ASKED ? due : Deadlines.earlier(due, channel.dueNanos);
        }
        return due;
    }

    private void permit(long nowNanos, InetSocketAddress peer, Permission permission) {
        // While one is renewed it is good for another minute.
        State before = permission.state;
        permission.state = before == State.GRANTED ? State.GRANTED : State.ASKED;
        permission.dueNanos = nowNanos + RENEW_PERMISSION_NANOS;
        transactions.ask(nowNanos, StunMethod.CREATE_PERMISSION, w -> w.peer(peer), new Transactions.Outcome() {
            @Override
            public void success(StunMessage response) {
                permission.state = State.GRANTED;
                drain(permission).forEach(h -> send.accept(h.peer(), h.datagram()));
            }

            @Override
            public void failure(int code, Optional<StunMessage> response) {
                permission.state = State.REFUSED;
                permission.dueNanos = nowNanos + REFUSED_NANOS;
                drain(permission);
            }
        });
    }

    private void bind(long nowNanos, Channel channel) {
        State before = channel.state;
        channel.state = before == State.GRANTED ? State.GRANTED : State.ASKED;
        channel.dueNanos = nowNanos + RENEW_CHANNEL_NANOS;
        transactions.ask(
                nowNanos,
                StunMethod.CHANNEL_BIND,
                w -> w.channel(channel.number).peer(channel.peer),
                new Transactions.Outcome() {
                    @Override
                    public void success(StunMessage response) {
                        channel.state = State.GRANTED;
                    }

                    @Override
                    public void failure(int code, Optional<StunMessage> response) {
                        // What it would carry goes on in the long form.
                        channel.state = State.REFUSED;
                        channel.dueNanos = nowNanos + REFUSED_NANOS;
                    }
                });
    }

    private List<Held> drain(Permission permission) {
        List<Held> all = new ArrayList<>(permission.held);
        permission.held.clear();
        held -= all.size();
        return all;
    }

    private void makeRoom() {
        if (permissions.size() < MAX_PERMISSIONS) {
            return;
        }
        InetAddress oldest = permissions.keySet().iterator().next();
        long oldestNanos = permissions.get(oldest).usedNanos;
        for (Map.Entry<InetAddress, Permission> entry : permissions.entrySet()) {
            if (entry.getValue().usedNanos - oldestNanos < 0) {
                oldest = entry.getKey();
                oldestNanos = entry.getValue().usedNanos;
            }
        }
        Permission gone = permissions.remove(oldest);
        if (gone != null) {
            drain(gone);
        }
    }
}
