package dev.oriel.protocol.stun;

import java.security.GeneralSecurityException;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The two checksums of a message: keyed (RFC 8489 section 14.5) and plain (section 14.7). */
final class MessageIntegrity {

    private MessageIntegrity() {}

    /** HMAC-SHA1 over the first {@code length} bytes, with the header's length field as if the message ended with the attribute. */
    static byte[] hmac(byte[] message, int length, byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key, "HmacSHA1"));
            update(mac::update, message, length, 4 + StunAttribute.INTEGRITY_BYTES);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA1", e);
        }
    }

    /** The checksum over the first {@code length} bytes, with the header's length field as if the message ended with the attribute. */
    static int fingerprint(byte[] message, int length) {
        CRC32 crc = new CRC32();
        update(crc::update, message, length, 8);
        return (int) crc.getValue() ^ StunAttribute.FINGERPRINT_XOR;
    }

    private static void update(Sink sink, byte[] message, int length, int attributeBytes) {
        int claimed = length - StunAttribute.HEADER_BYTES + attributeBytes;
        sink.update(message, 0, 2);
        sink.update(new byte[] {(byte) (claimed >> 8), (byte) claimed}, 0, 2);
        sink.update(message, 4, length - 4);
    }

    @FunctionalInterface
    private interface Sink {
        void update(byte[] bytes, int offset, int length);
    }
}
