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
    private final StunType type;
    private final Map<Integer, ByteBuffer> attributes = new HashMap<>();
    private int integrityAt = -1;
    private int fingerprintAt = -1;

    private StunMessage(byte[] bytes, StunType type) {
        this.bytes = bytes;
        this.type = type;
    }

    /** The message in a part of an array; empty if there is none, or one that lies about its lengths. */
    public static Optional<StunMessage> read(byte[] source, int offset, int length) {
        if (length < StunAttribute.HEADER_BYTES || length % 4 != 0) {
            return Optional.empty();
        }
        byte[] bytes = Arrays.copyOfRange(source, offset, offset + length);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        Optional<StunType> type = StunType.of(in.getShort(0) & 0xffff);
        if (type.isEmpty()
                || (in.getShort(2) & 0xffff) != length - StunAttribute.HEADER_BYTES
                || in.getInt(4) != StunAttribute.MAGIC_COOKIE) {
            return Optional.empty();
        }
        StunMessage message = new StunMessage(bytes, type.get());
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
        if (integrityAt < 0) {
            return false;
        }
        byte[] expected = MessageIntegrity.hmac(bytes, integrityAt, password);
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
        return value(StunAttribute.USERNAME)
                .map(v -> StandardCharsets.UTF_8.decode(v).toString());
    }

    /** PRIORITY the sender would give a peer-reflexive candidate, 32 bits unsigned. */
    public OptionalLong priority() {
        return value(StunAttribute.PRIORITY)
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
        return value(StunAttribute.XOR_MAPPED_ADDRESS).flatMap(this::address);
    }

    private Optional<InetSocketAddress> address(ByteBuffer value) {
        if (value.remaining() != 8 && value.remaining() != 20) {
            return Optional.empty();
        }
        int port = value.getShort(2) & 0xffff ^ StunAttribute.MAGIC_COOKIE >>> 16;
        byte[] address = new byte[value.remaining() - 4];
        for (int i = 0; i < address.length; i++) {
            // The cookie and the transaction id lie next to each other in the header.
            address[i] = (byte) (value.get(4 + i) ^ bytes[4 + i]);
        }
        try {
            return Optional.of(new InetSocketAddress(InetAddress.getByAddress(address), port));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private Optional<ByteBuffer> value(int attribute) {
        return Optional.ofNullable(attributes.get(attribute)).map(ByteBuffer::duplicate);
    }
}
