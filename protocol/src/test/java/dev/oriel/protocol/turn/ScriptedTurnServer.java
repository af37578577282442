package dev.oriel.protocol.turn;

import dev.oriel.protocol.stun.StunMessage;
import dev.oriel.protocol.stun.StunMethod;
import dev.oriel.protocol.stun.StunType;
import dev.oriel.protocol.stun.StunWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A TURN server as tests need it: strict about logins, permissions and channels, and scripted to refuse. */
final class ScriptedTurnServer {

    static final InetSocketAddress RELAYED = new InetSocketAddress("198.51.100.1", 50_000);
    static final InetSocketAddress MAPPED = new InetSocketAddress("203.0.113.7", 40_000);
    static final String REALM = "oriel.example";

    final TurnLogin.Credential user;
    final List<byte[]> toClient = new ArrayList<>();
    final List<StunMethod> asked = new ArrayList<>();
    final Map<InetSocketAddress, List<byte[]>> atPeers = new HashMap<>();
    final Map<StunMethod, Integer> refusals = new HashMap<>();
    final Set<InetAddress> permitted = new HashSet<>();
    final Map<Integer, InetSocketAddress> channels = new HashMap<>();
    String nonce = "n1";
    boolean allocated;
    boolean ended;
    boolean mute;

    ScriptedTurnServer(String username, String password) {
        user = new TurnLogin.LongTerm(username, password).at(0);
    }

    void receive(byte[] bytes) {
        if (mute) {
            return;
        }
        if (ChannelData.is(bytes, 0, bytes.length)) {
            InetSocketAddress peer = channels.get(ChannelData.number(bytes, 0));
            int length = ChannelData.length(bytes, 0);
            if (peer != null) {
                atPeer(peer, java.util.Arrays.copyOfRange(bytes, 4, 4 + length));
            }
            return;
        }
        StunMessage message = StunMessage.readAny(bytes, 0, bytes.length).orElseThrow();
        if (message.type() == StunType.INDICATION) {
            InetSocketAddress peer = message.peerAddress().orElseThrow();
            if (permitted.contains(peer.getAddress())) {
                atPeer(peer, bytes(message.data().orElseThrow()));
            }
            return;
        }
        request(message);
    }

    private void request(StunMessage message) {
        asked.add(message.method());
        byte[] key = user.key(REALM);
        if (!message.username().equals(Optional.of(user.username())) || !message.isSignedWith(key)) {
            toClient.add(error(message, 401).realm(REALM).nonce(nonce).unsigned());
        } else if (!message.nonce().equals(Optional.of(nonce))) {
            toClient.add(error(message, 438).realm(REALM).nonce(nonce).unsigned());
        } else if (refusals.containsKey(message.method())) {
            toClient.add(error(message, refusals.get(message.method())).signedWith(key));
        } else if (message.method() != StunMethod.ALLOCATE && !allocated) {
            toClient.add(error(message, 437).signedWith(key));
        } else {
            toClient.add(success(message).signedWith(key));
        }
    }

    private StunWriter success(StunMessage message) {
        StunWriter writer = new StunWriter(message.method(), StunType.SUCCESS, message.transactionId());
        switch (message.method()) {
            case ALLOCATE -> {
                allocated = true;
                writer.relayedAddress(RELAYED).mappedAddress(MAPPED).lifetime(600);
            }
            case REFRESH -> {
                ended = message.lifetimeSeconds().orElse(600) == 0;
                allocated = !ended;
                writer.lifetime(ended ? 0 : 600);
            }
            case CREATE_PERMISSION ->
                permitted.add(message.peerAddress().orElseThrow().getAddress());
            case CHANNEL_BIND -> {
                InetSocketAddress peer = message.peerAddress().orElseThrow();
                int number = message.channelNumber().orElseThrow();
                if (number < 0x4000
                        || number > 0x4fff
                        || !channels.getOrDefault(number, peer).equals(peer)) {
                    throw new AssertionError("channel " + number + " is another's");
                }
                channels.put(number, peer);
                permitted.add(peer.getAddress());
            }
            default -> throw new AssertionError("asked for " + message.method());
        }
        return writer;
    }

    private StunWriter error(StunMessage message, int code) {
        return new StunWriter(message.method(), StunType.ERROR, message.transactionId()).error(code, "No");
    }

    private void atPeer(InetSocketAddress peer, byte[] datagram) {
        atPeers.computeIfAbsent(peer, p -> new ArrayList<>()).add(datagram);
    }

    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
