package dev.oriel.protocol.srtp;

/**
 * One direction's transform, for media or for control packets. In and out are different arrays; each method returns the length
 * of what was written from the start of {@code out}, or {@link #FORGED}.
 */
sealed interface PacketCipher permits GcmCipher, CounterCipher {

    /** The tag does not match. */
    int FORGED = -1;

    /** In a control packet's last word: the packet is encrypted (RFC 3711 section 3.4). */
    int ENCRYPTED = 0x8000_0000;

    /** The part of a control packet that stays readable. */
    int CONTROL_HEADER_BYTES = 8;

    int sealMedia(byte[] in, int header, int length, int ssrc, long index, byte[] out);

    int openMedia(byte[] in, int offset, int header, int length, int ssrc, long index, byte[] out);

    int sealControl(byte[] in, int length, int ssrc, int index, byte[] out);

    /** @param trailer the word with the index, as it came */
    int openControl(byte[] in, int offset, int length, int ssrc, int trailer, byte[] out);

    static PacketCipher of(SrtpProfile profile, SessionKeys keys) {
        return profile == SrtpProfile.AEAD_AES_128_GCM ? new GcmCipher(keys) : new CounterCipher(keys);
    }
}
