package dev.oriel.protocol.rtp;

/** Bits of a NAL unit from the highest on; behind the end there are ones, so that every reading ends. */
final class BitReader {

    private final byte[] bytes;
    private final int endBit;
    private int bit;

    BitReader(byte[] bytes, int offset, int end) {
        this.bytes = bytes;
        this.bit = offset * 8;
        this.endBit = end * 8;
    }

    int bit() {
        if (bit >= endBit) {
            return 1;
        }
        int value = bytes[bit >> 3] >> 7 - (bit & 7) & 1;
        bit++;
        return value;
    }

    /** ue(v) of H.264 section 9.1; at most 2^16 - 2, which is more than anything asked for here. */
    int unsignedExpGolomb() {
        int zeros = 0;
        while (bit() == 0 && zeros < 15) {
            zeros++;
        }
        int value = 0;
        for (int i = 0; i < zeros; i++) {
            value = value << 1 | bit();
        }
        return (1 << zeros) - 1 + value;
    }
}
