package dev.oriel.protocol.sctp;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What an association will be, given to the other side to bring back, so that nothing is kept until it does (RFC 9260
 * section 5.1.3).
 *
 * @param own our verification tag and first sequence number
 * @param peer the other side's
 * @param tieOwn our tag in the association there was when it was made; 0 if there was none
 * @param tiePeer the other side's tag in it; 0 if there was none
 * @param madeNanos when
 */
record StateCookie(Side own, Side peer, int tieOwn, int tiePeer, long madeNanos) {

    /** What a side has chosen. */
    record Side(int tag, int firstTsn) {}

    private static final int CONTENT_BYTES = 32;
    private static final int SIGNATURE_BYTES = 32;

    byte[] seal(byte[] secret) {
        ByteBuffer content = ByteBuffer.allocate(CONTENT_BYTES)
                .putInt(own.tag)
                .putInt(own.firstTsn)
                .putInt(peer.tag)
                .putInt(peer.firstTsn)
                .putInt(tieOwn)
                .putInt(tiePeer)
                .putLong(madeNanos);
        return ByteBuffer.allocate(CONTENT_BYTES + SIGNATURE_BYTES)
                .put(content.array())
                .put(sign(content.array(), secret))
                .array();
    }

    /** Reads one that was sealed with the secret; empty if it was not, or was changed. */
    static Optional<StateCookie> open(byte[] sealed, byte[] secret) {
        if (sealed.length != CONTENT_BYTES + SIGNATURE_BYTES) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(sealed);
        byte[] content = new byte[CONTENT_BYTES];
        byte[] signature = new byte[SIGNATURE_BYTES];
        in.get(content).get(signature).flip();
        if (!MessageDigest.isEqual(signature, sign(content, secret))) {
            return Optional.empty();
        }
        return Optional.of(new StateCookie(
                new Side(in.getInt(), in.getInt()),
                new Side(in.getInt(), in.getInt()),
                in.getInt(),
                in.getInt(),
                in.getLong()));
    }

    private static byte[] sign(byte[] content, byte[] secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }
}
