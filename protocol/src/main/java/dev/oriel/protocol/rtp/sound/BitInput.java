package dev.oriel.protocol.rtp.sound;

/** Bits of a part of an array, from the highest of each byte on. Behind the end there are zeros, and it has failed. */
final class BitInput {

    private final byte[] bytes;
    private final long endBit;
    private long bit;
    private boolean failed;

    /** The {@code length} bytes from {@code offset} on, which must lie within the array. */
    BitInput(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.bit = offset * 8L;
        this.endBit = (offset + length) * 8L;
    }

    /** The next {@code n} bits as a number, for {@code n} from 0 to 32. */
    int bits(int n) {
        if (n > left()) {
            failed = true;
            bit = endBit;
            return 0;
        }
        int value = 0;
        for (int i = 0; i < n; i++, bit++) {
            value = value << 1 | bytes[(int) (bit >> 3)] >> (int) (7 - (bit & 7)) & 1;
        }
        return value;
    }

    /** The next bit as a flag. */
    boolean flag() {
        return bits(1) == 1;
    }

    /** Passes over {@code n} bits, none if {@code n} is below 0. */
    void skip(long n) {
        failed |= n > left();
        bit += Math.min(Math.max(n, 0), left());
    }

    /** How many bits there are still. */
    long left() {
        return endBit - bit;
    }

    /** Where the next bit lies, counted from the beginning of the array. */
    long position() {
        return bit;
    }

    /** Goes on at a whole number of bytes behind {@code start}. */
    void alignTo(long start) {
        skip(-(bit - start) & 7);
    }

    /** Whether something was asked for that lies behind the end. */
    boolean hasFailed() {
        return failed;
    }

    /** A copy of the bits from one position to another, with zeros behind them up to a whole byte. */
    static byte[] copy(byte[] bytes, long from, long to) {
        byte[] copy = new byte[(int) (to - from + 7 >> 3)];
        int shift = (int) (from & 7);
        int first = (int) (from >> 3);
        int last = (int) (to + 7 >> 3) - 1;
        for (int i = 0; i < copy.length; i++) {
            int high = (bytes[first + i] & 0xff) << shift;
            int low = first + i + 1 <= last ? (bytes[first + i + 1] & 0xff) >> 8 - shift : 0;
            copy[i] = (byte) (high | low);
        }
        int extra = (int) (copy.length * 8L - (to - from));
        if (extra > 0) {
            copy[copy.length - 1] &= (byte) (0xff << extra);
        }
        return copy;
    }
}
