package dev.oriel.protocol.rtp.nal;

/** Bits of a NAL unit from the highest on; behind the end there are ones, so that every reading ends. */
public final class BitReader {

    private static final int LONGEST_CODE = 32;

    private final byte[] bytes;
    private final int endBit;
    private int bit;

    /** Bits of {@code bytes} from {@code offset} up to {@code end}, which must lie within. */
    public BitReader(byte[] bytes, int offset, int end) {
        this.bytes = bytes;
        this.bit = offset * 8;
        this.endBit = end * 8;
    }

    /** The next bit. */
    public int bit() {
        if (bit >= endBit) {
            return 1;
        }
        int value = bytes[bit >> 3] >> 7 - (bit & 7) & 1;
        bit++;
        return value;
    }

    /** The next bit as a flag. */
    public boolean flag() {
        return bit() == 1;
    }

    /** u(n) of H.264 section 7.2, for {@code n} from 0 to 32. */
    public int bits(int n) {
        int value = 0;
        for (int i = 0; i < n; i++) {
            value = value << 1 | bit();
        }
        return value;
    }

    /** Passes over {@code n} bits. */
    public void skip(int n) {
        bit = (int) Math.min((long) bit + n, endBit);
    }

    /** Whether something was asked for that lies behind the end. */
    public boolean isOver() {
        return bit >= endBit;
    }

    /** ue(v) of H.264 section 9.1; what does not fit into 31 bits is the largest number that does. */
    public int unsignedExpGolomb() {
        int zeros = 0;
        while (zeros < LONGEST_CODE && bit() == 0) {
            zeros++;
        }
        long value = (1L << zeros) - 1 + (bits(zeros) & 0xffff_ffffL);
        return (int) Math.min(value, Integer.MAX_VALUE);
    }

    /** se(v) of H.264 section 9.1.1. */
    public int signedExpGolomb() {
        int code = unsignedExpGolomb();
        return (code & 1) == 1 ? (code >>> 1) + 1 : -(code >>> 1);
    }

    /**
     * Copies the beginning of a NAL unit without the bytes 3 that keep start codes from occurring within (H.264 section
     * 7.4.1); answers how much was written, at most the length of {@code target}.
     */
    public static int unescape(byte[] bytes, int offset, int end, byte[] target) {
        int zeros = 0;
        int to = 0;
        for (int i = offset; i < end && to < target.length; i++) {
            byte b = bytes[i];
            if (b == 3 && zeros >= 2) {
                zeros = 0;
                continue;
            }
            zeros = b == 0 ? zeros + 1 : 0;
            target[to++] = b;
        }
        return to;
    }
}
