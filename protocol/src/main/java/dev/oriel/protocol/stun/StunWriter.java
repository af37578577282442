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

    /** Room for USERNAME, REALM and NONCE, which have 763 bytes at most. */
    private static final int MAX_TURN_BYTES = 2560;

    private final ByteBuffer out;

    /** A message of the binding method with this transaction id of twelve bytes. */
    public StunWriter(StunType type, Bytes transactionId) {
        this(StunMethod.BINDING, type, transactionId);
    }

    /** A message with this transaction id of twelve bytes. */
    public StunWriter(StunMethod method, StunType type, Bytes transactionId) {
        out = ByteBuffer.allocate(method == StunMethod.BINDING ? MAX_BYTES : MAX_TURN_BYTES);
        out.putShort((short) method.messageType(type)).putShort((short) 0).putInt(StunAttribute.MAGIC_COOKIE);
        out.put(transactionId.toArray());
    }

    /** Adds USERNAME; at most 513 bytes. */
    public StunWriter username(String username) {
        return attribute(StunAttribute.USERNAME, username.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds REALM; at most 763 bytes. */
    public StunWriter realm(String realm) {
        return attribute(StunAttribute.REALM, realm.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds NONCE; at most 763 bytes. */
    public StunWriter nonce(String nonce) {
        return attribute(StunAttribute.NONCE, nonce.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds LIFETIME. */
    public StunWriter lifetime(int seconds) {
        return attribute(StunAttribute.LIFETIME, bytes(4).putInt(seconds).array());
    }

    /** Adds REQUESTED-TRANSPORT for UDP, the only one there is. */
    public StunWriter relayUdp() {
        return attribute(StunAttribute.REQUESTED_TRANSPORT, new byte[] {17, 0, 0, 0});
    }

    /** Adds CHANNEL-NUMBER. */
    public StunWriter channel(int number) {
        return attribute(
                StunAttribute.CHANNEL_NUMBER, bytes(4).putShort((short) number).array());
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
        return address(StunAttribute.XOR_MAPPED_ADDRESS, address);
    }

    /** Adds XOR-PEER-ADDRESS. */
    public StunWriter peer(InetSocketAddress address) {
        return address(StunAttribute.XOR_PEER_ADDRESS, address);
    }

    /** Adds XOR-RELAYED-ADDRESS. */
    public StunWriter relayedAddress(InetSocketAddress address) {
        return address(StunAttribute.XOR_RELAYED_ADDRESS, address);
    }

    /** Adds DATA. */
    public StunWriter data(byte[] data) {
        return attribute(StunAttribute.DATA, data);
    }

    private StunWriter address(int type, InetSocketAddress address) {
        byte[] raw = address.getAddress().getAddress();
        byte[] value = new byte[4 + raw.length];
        int port = address.getPort() ^ StunAttribute.MAGIC_COOKIE >>> 16;
        value[1] = (byte) (raw.length == 4 ? 1 : 2);
        value[2] = (byte) (port >> 8);
        value[3] = (byte) port;
        for (int i = 0; i < raw.length; i++) {
            value[4 + i] = (byte) (raw[i] ^ out.get(4 + i));
        }
        return attribute(type, value);
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
        return signedWith(password.getBytes(StandardCharsets.UTF_8));
    }

    /** The same with a key, as that of a long-term credential (RFC 8489 section 9.2.2). */
    public byte[] signedWith(byte[] key) {
        attribute(StunAttribute.MESSAGE_INTEGRITY, MessageIntegrity.hmac(out.array(), out.position(), key));
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
