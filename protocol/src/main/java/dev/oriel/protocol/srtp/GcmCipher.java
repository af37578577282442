package dev.oriel.protocol.srtp;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AEAD_AES_128_GCM (RFC 7714 sections 8 and 9). */
final class GcmCipher implements PacketCipher {

    private static final int TAG_BYTES = 16;

    private final SecretKeySpec key;
    private final byte[] salt;
    private final byte[] iv = new byte[12];
    private Cipher sealing = create();
    private long lastIndex = -1;
    private int lastSsrc;

    GcmCipher(SessionKeys keys) {
        key = new SecretKeySpec(keys.cipherKey(), "AES");
        salt = keys.salt();
    }

    @Override
    public int sealMedia(byte[] in, int header, int length, int ssrc, long index, byte[] out) {
        try {
            Cipher cipher = sealing(ssrc, index);
            cipher.updateAAD(in, 0, header);
            System.arraycopy(in, 0, out, 0, header);
            return header + cipher.doFinal(in, header, length - header, out, header);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A packet could not be encrypted", e);
        }
    }

    @Override
    public int openMedia(byte[] in, int offset, int header, int length, int ssrc, long index, byte[] out) {
        try {
            Cipher cipher = opening(ssrc, index);
            cipher.updateAAD(in, offset, header);
            System.arraycopy(in, offset, out, 0, header);
            return header + cipher.doFinal(in, offset + header, length - header, out, header);
        } catch (AEADBadTagException e) {
            return FORGED;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A packet could not be decrypted", e);
        }
    }

    @Override
    public int sealControl(byte[] in, int length, int ssrc, int index, byte[] out) {
        try {
            int trailer = index | ENCRYPTED;
            Cipher cipher = sealing(ssrc, index);
            cipher.updateAAD(in, 0, CONTROL_HEADER_BYTES);
            cipher.updateAAD(word(trailer));
            System.arraycopy(in, 0, out, 0, CONTROL_HEADER_BYTES);
            int end = CONTROL_HEADER_BYTES
                    + cipher.doFinal(
                            in, CONTROL_HEADER_BYTES, length - CONTROL_HEADER_BYTES, out, CONTROL_HEADER_BYTES);
            ByteBuffer.wrap(out).putInt(end, trailer);
            return end + 4;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A control packet could not be encrypted", e);
        }
    }

    @Override
    public int openControl(byte[] in, int offset, int length, int ssrc, int trailer, byte[] out) {
        int end = length - 4;
        if (end < CONTROL_HEADER_BYTES + TAG_BYTES) {
            return FORGED;
        }
        try {
            Cipher cipher = opening(ssrc, trailer & ~ENCRYPTED);
            System.arraycopy(in, offset, out, 0, CONTROL_HEADER_BYTES);
            if ((trailer & ENCRYPTED) == 0) {
                cipher.updateAAD(in, offset, end - TAG_BYTES);
                cipher.updateAAD(word(trailer));
                cipher.doFinal(in, offset + end - TAG_BYTES, TAG_BYTES, out, 0);
                System.arraycopy(in, offset, out, 0, end - TAG_BYTES);
                return end - TAG_BYTES;
            }
            cipher.updateAAD(in, offset, CONTROL_HEADER_BYTES);
            cipher.updateAAD(word(trailer));
            return CONTROL_HEADER_BYTES
                    + cipher.doFinal(
                            in, offset + CONTROL_HEADER_BYTES, end - CONTROL_HEADER_BYTES, out, CONTROL_HEADER_BYTES);
        } catch (AEADBadTagException e) {
            return FORGED;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A control packet could not be decrypted", e);
        }
    }

    private Cipher sealing(int ssrc, long index) throws GeneralSecurityException {
        if (index == lastIndex && ssrc == lastSsrc) {
            // The JDK refuses one initialization vector twice in a row. Sending the same packet again is the one case
            // in
            // which that is no mistake, since the very same bytes come out.
            sealing = create();
        }
        lastIndex = index;
        lastSsrc = ssrc;
        sealing.init(Cipher.ENCRYPT_MODE, key, parameters(ssrc, index));
        return sealing;
    }

    private Cipher opening(int ssrc, long index) throws GeneralSecurityException {
        Cipher cipher = sealing;
        cipher.init(Cipher.DECRYPT_MODE, key, parameters(ssrc, index));
        return cipher;
    }

    /** Two zero bytes, source, index; exclusive-or salt. */
    private GCMParameterSpec parameters(int ssrc, long index) {
        ByteBuffer.wrap(iv)
                .putShort((short) 0)
                .putInt(ssrc)
                .putShort((short) (index >>> 32))
                .putInt((int) index);
        for (int i = 0; i < iv.length; i++) {
            iv[i] ^= salt[i];
        }
        return new GCMParameterSpec(TAG_BYTES * 8, iv);
    }

    private static byte[] word(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    private static Cipher create() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has AES in Galois counter mode", e);
        }
    }
}
