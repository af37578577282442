package dev.oriel.protocol.stun;

import dev.oriel.api.media.Bytes;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes one message: the attributes in the order of the calls, then {@link #signedWith} or {@link #unsigned} once, which ends
 * it (RFC 8489 section 5).
 *
 * <p>Used once, by one thread.
 */
public final class StunWriter {

    private static final int MAX_BYTES = 1024;

    private final ByteBuffer out = ByteBuffer.allocate(MAX_BYTES);

    /** A message with this transaction id of twelve bytes. */
    public StunWriter(StunType type, Bytes transactionId) {
        out.putShort((short) type.code()).putShort((short) 0).putInt(StunAttribute.MAGIC_COOKIE);
        out.put(transactionId.toArray());
    }

    /** Adds USERNAME; at most 513 bytes. */
    public StunWriter username(String username) {
        return attribute(StunAttribute.USERNAME, username.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds PRIORITY. */
    public StunWriter priority(long priority) {
        return attribute(StunAttribute.PRIORITY, bytes(4).putInt((int) priority).array());
    }

    /** Adds USE-CANDIDATE. */
    public StunWriter useCandidate() {
        return attribute(StunAttribute.USE_CANDIDATE, new byte[0]);
    }

    /** Adds ICE-CONTROLLED. */
    public StunWriter controlled(long tieBreaker) {
        return attribute(
                StunAttribute.ICE_CONTROLLED, bytes(8).putLong(tieBreaker).array());
    }

    /** Adds ICE-CONTROLLING. */
    public StunWriter controlling(long tieBreaker) {
        return attribute(
                StunAttribute.ICE_CONTROLLING, bytes(8).putLong(tieBreaker).array());
    }

    /** Adds XOR-MAPPED-ADDRESS. */
    public StunWriter mappedAddress(InetSocketAddress address) {
        byte[] raw = address.getAddress().getAddress();
        byte[] value = new byte[4 + raw.length];
        int port = address.getPort() ^ StunAttribute.MAGIC_COOKIE >>> 16;
        value[1] = (byte) (raw.length == 4 ? 1 : 2);
        value[2] = (byte) (port >> 8);
        value[3] = (byte) port;
        for (int i = 0; i < raw.length; i++) {
            value[4 + i] = (byte) (raw[i] ^ out.get(4 + i));
        }
        return attribute(StunAttribute.XOR_MAPPED_ADDRESS, value);
    }

    /** Adds ERROR-CODE. */
    public StunWriter error(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        ByteBuffer value = bytes(4 + text.length).put(2, (byte) (code / 100)).put(3, (byte) (code % 100));
        value.put(4, text);
        return attribute(StunAttribute.ERROR_CODE, value.array());
    }

    /** Ends the message with MESSAGE-INTEGRITY of a short-term password, and FINGERPRINT. */
    public byte[] signedWith(String password) {
        attribute(StunAttribute.MESSAGE_INTEGRITY, MessageIntegrity.hmac(out.array(), out.position(), password));
        int fingerprint = MessageIntegrity.fingerprint(out.array(), out.position());
        attribute(StunAttribute.FINGERPRINT, bytes(4).putInt(fingerprint).array());
        return Arrays.copyOf(out.array(), out.position());
    }

    /** Ends the message without a signature, as an answer to one that had none. */
    public byte[] unsigned() {
        return Arrays.copyOf(out.array(), out.position());
    }

    private StunWriter attribute(int type, byte[] value) {
        out.putShort((short) type).putShort((short) value.length).put(value);
        while (out.position() % 4 != 0) {
            out.put((byte) 0);
        }
        out.putShort(2, (short) (out.position() - StunAttribute.HEADER_BYTES));
        return this;
    }

    private static ByteBuffer bytes(int size) {
        return ByteBuffer.allocate(size);
    }
}
