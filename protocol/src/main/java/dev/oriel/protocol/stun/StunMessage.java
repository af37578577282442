package dev.oriel.protocol.stun;

import dev.oriel.api.media.Bytes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A STUN message as it came (RFC 8489 section 5). Immutable.
 *
 * <p>What stands behind MESSAGE-INTEGRITY is not covered by it and not told, but for FINGERPRINT. Nothing is believed until
 * {@link #isSignedWith} says so.
 */
public final class StunMessage {

    private static final int MAX_ATTRIBUTES = 32;

    private final byte[] bytes;
    private final StunMethod method;
    private final StunType type;
    private final Map<Integer, ByteBuffer> attributes = new HashMap<>();
    private int integrityAt = -1;
    private int fingerprintAt = -1;

    private StunMessage(byte[] bytes, StunMethod method, StunType type) {
        this.bytes = bytes;
        this.method = method;
        this.type = type;
    }

    /**
     * The message in a part of an array; empty if there is none, or one that lies about its lengths. It is of the binding method,
     * the only one ICE uses.
     */
    public static Optional<StunMessage> read(byte[] source, int offset, int length) {
        return readAny(source, offset, length).filter(m -> m.method == StunMethod.BINDING);
    }

    /** The same, of whatever method. */
    public static Optional<StunMessage> readAny(byte[] source, int offset, int length) {
        if (length < StunAttribute.HEADER_BYTES || length % 4 != 0) {
            return Optional.empty();
        }
        byte[] bytes = Arrays.copyOfRange(source, offset, offset + length);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int type = in.getShort(0) & 0xffff;
        Optional<StunMethod> method = StunMethod.of(type);
        if (method.isEmpty()
                || (in.getShort(2) & 0xffff) != length - StunAttribute.HEADER_BYTES
                || in.getInt(4) != StunAttribute.MAGIC_COOKIE) {
            return Optional.empty();
        }
        StunMessage message = new StunMessage(bytes, method.get(), StunMethod.typeOf(type));
        return message.readAttributes(in) ? Optional.of(message) : Optional.empty();
    }

    private boolean readAttributes(ByteBuffer in) {
        in.position(StunAttribute.HEADER_BYTES);
        for (int n = 0; in.hasRemaining(); n++) {
            int start = in.position();
            int attribute = in.getShort() & 0xffff;
            int size = in.getShort() & 0xffff;
            int padded = size + 3 & ~3;
            if (padded > in.remaining() || n == MAX_ATTRIBUTES) {
                return false;
            }
            if (attribute == StunAttribute.FINGERPRINT && size == 4 && in.remaining() == 4) {
                fingerprintAt = start;
            } else if (integrityAt < 0) {
                if (attribute == StunAttribute.MESSAGE_INTEGRITY && size == StunAttribute.INTEGRITY_BYTES) {
                    integrityAt = start;
                }
                attributes.putIfAbsent(attribute, in.slice(start + 4, size));
            }
            in.position(start + 4 + padded);
        }
        return true;
    }

    /** What it is about. */
    public StunMethod method() {
        return method;
    }

    /** What kind of message it is. */
    public StunType type() {
        return type;
    }

    /** The twelve bytes that a response repeats. */
    public Bytes transactionId() {
        return Bytes.copyOf(bytes, 8, StunAttribute.TRANSACTION_BYTES);
    }

    /** Whether there is a MESSAGE-INTEGRITY made with this short-term password (RFC 8489 section 9.1). */
    public boolean isSignedWith(String password) {
        return isSignedWith(password.getBytes(StandardCharsets.UTF_8));
    }

    /** The same with a key, as that of a long-term credential (RFC 8489 section 9.2.2). */
    public boolean isSignedWith(byte[] key) {
        if (integrityAt < 0) {
            return false;
        }
        byte[] expected = MessageIntegrity.hmac(bytes, integrityAt, key);
        byte[] found = Arrays.copyOfRange(bytes, integrityAt + 4, integrityAt + 4 + StunAttribute.INTEGRITY_BYTES);
        return MessageDigest.isEqual(expected, found);
    }

    /** Whether there is a FINGERPRINT and it is wrong; one that is missing does no harm where the first byte tells STUN apart. */
    public boolean isCorrupt() {
        return fingerprintAt >= 0
                && ByteBuffer.wrap(bytes).getInt(fingerprintAt + 4)
                        != MessageIntegrity.fingerprint(bytes, fingerprintAt);
    }

    /** USERNAME; in ICE the receiver's fragment, a colon, the sender's fragment. */
    public Optional<String> username() {
        return text(StunAttribute.USERNAME);
    }

    /** REALM: whose users may log in. */
    public Optional<String> realm() {
        return text(StunAttribute.REALM);
    }

    /** NONCE: what a request has to repeat to be believed. */
    public Optional<String> nonce() {
        return text(StunAttribute.NONCE);
    }

    /** LIFETIME in seconds, unsigned. */
    public OptionalLong lifetimeSeconds() {
        return number(StunAttribute.LIFETIME);
    }

    /** XOR-RELAYED-ADDRESS: where a TURN server takes datagrams for us. */
    public Optional<InetSocketAddress> relayedAddress() {
        return xored(StunAttribute.XOR_RELAYED_ADDRESS);
    }

    /** XOR-PEER-ADDRESS: whom a TURN server speaks to for us. */
    public Optional<InetSocketAddress> peerAddress() {
        return xored(StunAttribute.XOR_PEER_ADDRESS);
    }

    /** CHANNEL-NUMBER: under which a TURN server knows a peer. */
    public OptionalInt channelNumber() {
        return value(StunAttribute.CHANNEL_NUMBER)
                .filter(v -> v.remaining() == 4)
                .map(v -> OptionalInt.of(v.getShort() & 0xffff))
                .orElse(OptionalInt.empty());
    }

    /** DATA: what a TURN server was told by a peer; read-only. */
    public Optional<ByteBuffer> data() {
        return value(StunAttribute.DATA).map(ByteBuffer::asReadOnlyBuffer);
    }

    /** ALTERNATE-SERVER: who is to be asked instead. */
    public Optional<InetSocketAddress> alternateServer() {
        return value(StunAttribute.ALTERNATE_SERVER).flatMap(v -> address(v, new byte[bytes.length]));
    }

    /** PRIORITY the sender would give a peer-reflexive candidate, 32 bits unsigned. */
    public OptionalLong priority() {
        return number(StunAttribute.PRIORITY);
    }

    private OptionalLong number(int attribute) {
        return value(attribute)
                .filter(v -> v.remaining() == 4)
                .map(v -> OptionalLong.of(v.getInt() & 0xffff_ffffL))
                .orElse(OptionalLong.empty());
    }

    /** Whether USE-CANDIDATE is there: the sender chooses this pair. */
    public boolean usesCandidate() {
        return attributes.containsKey(StunAttribute.USE_CANDIDATE);
    }

    /** Whether the sender takes itself for the controlled side. */
    public boolean isFromControlled() {
        return attributes.containsKey(StunAttribute.ICE_CONTROLLED);
    }

    /** Whether the sender takes itself for the controlling side. */
    public boolean isFromControlling() {
        return attributes.containsKey(StunAttribute.ICE_CONTROLLING);
    }

    /** The number of ERROR-CODE, 300 to 699. */
    public OptionalInt errorCode() {
        return value(StunAttribute.ERROR_CODE)
                .filter(v -> v.remaining() >= 4)
                .map(v -> OptionalInt.of((v.get(2) & 7) * 100 + (v.get(3) & 0xff)))
                .orElse(OptionalInt.empty());
    }

    /** XOR-MAPPED-ADDRESS: where the responder saw the request come from (RFC 8489 section 14.2). */
    public Optional<InetSocketAddress> mappedAddress() {
        return xored(StunAttribute.XOR_MAPPED_ADDRESS);
    }

    private Optional<InetSocketAddress> xored(int attribute) {
        // The cookie and the transaction id lie next to each other in the header.
        return value(attribute).flatMap(v -> address(v, bytes));
    }

    /** @param mask a message whose header covers the address */
    private static Optional<InetSocketAddress> address(ByteBuffer value, byte[] mask) {
        if (value.remaining() != 8 && value.remaining() != 20) {
            return Optional.empty();
        }
        int port = (value.getShort(2) ^ ByteBuffer.wrap(mask).getShort(4)) & 0xffff;
        byte[] address = new byte[value.remaining() - 4];
        for (int i = 0; i < address.length; i++) {
            address[i] = (byte) (value.get(4 + i) ^ mask[4 + i]);
        }
        try {
            return Optional.of(new InetSocketAddress(InetAddress.getByAddress(address), port));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private Optional<String> text(int attribute) {
        return value(attribute).map(v -> StandardCharsets.UTF_8.decode(v).toString());
    }

    private Optional<ByteBuffer> value(int attribute) {
        return Optional.ofNullable(attributes.get(attribute)).map(ByteBuffer::duplicate);
    }
}
