package dev.oriel.protocol.srtp;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES in counter mode with an 80-bit HMAC-SHA1 (RFC 3711 sections 4.1.1 and 4.2.1). */
final class CounterCipher implements PacketCipher {

    private static final int TAG_BYTES = 10;

    private final SecretKeySpec key;
    private final byte[] salt;
    private final byte[] iv = new byte[16];
    private final byte[] digest = new byte[20];
    private final byte[] word = new byte[4];
    private final Cipher cipher;
    private final Mac mac;

    CounterCipher(SessionKeys keys) {
        key = new SecretKeySpec(keys.cipherKey(), "AES");
        salt = keys.salt();
        try {
            cipher = Cipher.getInstance("AES/CTR/NoPadding");
            mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(keys.authenticationKey(), "HmacSHA1"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has AES in counter mode and HmacSHA1", e);
        }
    }

    @Override
    public int sealMedia(byte[] in, int header, int length, int ssrc, long index, byte[] out) {
        System.arraycopy(in, 0, out, 0, header);
        crypt(in, header, length - header, ssrc, index, out, header);
        mac.update(out, 0, length);
        tag((int) (index >>> 16));
        System.arraycopy(digest, 0, out, length, TAG_BYTES);
        return length + TAG_BYTES;
    }

    @Override
    public int openMedia(byte[] in, int offset, int header, int length, int ssrc, long index, byte[] out) {
        int end = length - TAG_BYTES;
        if (end < header) {
            return FORGED;
        }
        mac.update(in, offset, end);
        tag((int) (index >>> 16));
        if (!tagMatches(in, offset + end)) {
            return FORGED;
        }
        System.arraycopy(in, offset, out, 0, header);
        crypt(in, offset + header, end - header, ssrc, index, out, header);
        return end;
    }

    @Override
    public int sealControl(byte[] in, int length, int ssrc, int index, byte[] out) {
        System.arraycopy(in, 0, out, 0, CONTROL_HEADER_BYTES);
        crypt(in, CONTROL_HEADER_BYTES, length - CONTROL_HEADER_BYTES, ssrc, index, out, CONTROL_HEADER_BYTES);
        mac.update(out, 0, length);
        tag(index | ENCRYPTED);
        ByteBuffer.wrap(out).putInt(length, index | ENCRYPTED);
        System.arraycopy(digest, 0, out, length + 4, TAG_BYTES);
        return length + 4 + TAG_BYTES;
    }

    @Override
    public int openControl(byte[] in, int offset, int length, int ssrc, int trailer, byte[] out) {
        int end = length - 4 - TAG_BYTES;
        if (end < CONTROL_HEADER_BYTES) {
            return FORGED;
        }
        mac.update(in, offset, end);
        tag(trailer);
        if (!tagMatches(in, offset + length - TAG_BYTES)) {
            return FORGED;
        }
        System.arraycopy(in, offset, out, 0, end);
        if ((trailer & ENCRYPTED) != 0) {
            int index = trailer & ~ENCRYPTED;
            int at = CONTROL_HEADER_BYTES;
            crypt(in, offset + at, end - at, ssrc, index, out, at);
        }
        return end;
    }

    /** Salt, exclusive-or source and index; the last two bytes count blocks. */
    private void crypt(byte[] in, int from, int length, int ssrc, long index, byte[] out, int to) {
        System.arraycopy(salt, 0, iv, 0, salt.length);
        iv[14] = 0;
        iv[15] = 0;
        for (int i = 0; i < 4; i++) {
            iv[4 + i] ^= (byte) (ssrc >>> 24 - 8 * i);
        }
        for (int i = 0; i < 6; i++) {
            iv[8 + i] ^= (byte) (index >>> 40 - 8 * i);
        }
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv));
            cipher.doFinal(in, from, length, out, to);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A packet could not be encrypted", e);
        }
    }

    private void tag(int last) {
        ByteBuffer.wrap(word).putInt(last);
        mac.update(word);
        try {
            mac.doFinal(digest, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A packet could not be signed", e);
        }
    }

    private boolean tagMatches(byte[] in, int at) {
        return java.security.MessageDigest.isEqual(
                Arrays.copyOf(digest, TAG_BYTES), Arrays.copyOfRange(in, at, at + TAG_BYTES));
    }
}
