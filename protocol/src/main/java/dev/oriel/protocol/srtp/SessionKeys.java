package dev.oriel.protocol.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys derived from a master key for media, or for control packets (RFC 3711 section 4.3, RFC 7714 section 11).
 *
 * @param cipherKey for AES
 * @param authenticationKey for HMAC-SHA1; without use in AEAD profiles
 * @param salt goes into each packet's initialization vector
 */
record SessionKeys(byte[] cipherKey, byte[] authenticationKey, byte[] salt) {

    private static final int AUTHENTICATION_KEY_BYTES = 20;
    private static final int CONTROL_LABELS = 3;

    static SessionKeys forMedia(MasterKey master) {
        return derive(master, 0);
    }

    static SessionKeys forControl(MasterKey master) {
        return derive(master, CONTROL_LABELS);
    }

    private static SessionKeys derive(MasterKey master, int firstLabel) {
        return new SessionKeys(
                stream(master, firstLabel, SrtpProfile.KEY_BYTES),
                stream(master, firstLabel + 1, AUTHENTICATION_KEY_BYTES),
                stream(master, firstLabel + 2, master.profile().saltBytes()));
    }

    private static byte[] stream(MasterKey master, int label, int length) {
        // A salt of 96 bits is filled up with zeros on the right (RFC 7714 section 11).
        byte[] iv = Arrays.copyOf(master.salt(), 16);
        iv[7] ^= (byte) label;
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(master.key(), "AES"), new IvParameterSpec(iv));
            return cipher.doFinal(new byte[length]);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has AES in counter mode", e);
        }
    }
}
