package dev.oriel.protocol.rtp;

/** Writes bits of a NAL unit, as text of zeros and ones. */
final class BitWriter {

    private final StringBuilder bits = new StringBuilder();

    BitWriter u(int length, int value) {
        for (int i = length - 1; i >= 0; i--) {
            bits.append(value >> i & 1);
        }
        return this;
    }

    /** ue(v) of H.264 section 9.1. */
    BitWriter ue(int value) {
        int length = Integer.SIZE - Integer.numberOfLeadingZeros(value + 1);
        return u(length - 1, 0).u(length, value + 1);
    }

    /** se(v) of H.264 section 9.1.1. */
    BitWriter se(int value) {
        return ue(value > 0 ? 2 * value - 1 : -2 * value);
    }

    /** What was written with a stop bit behind it. */
    byte[] end() {
        u(1, 1);
        while (bits.length() % 8 != 0) {
            u(1, 0);
        }
        byte[] bytes = new byte[bits.length() / 8];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(bits.substring(8 * i, 8 * i + 8), 2);
        }
        return bytes;
    }
}
