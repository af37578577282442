package dev.oriel.benchmarks.camera;

import java.util.Optional;

/**
 * A picture's number and the time it was sent, written so that they survive every server: at the beginning of a slice's payload,
 * in bytes of which none can be taken for a start code, however the slice is cut into packets.
 *
 * @param number of the picture, 0 to 2^31-1
 * @param sentNanos on the clock of the machine
 */
public record FrameStamp(int number, long sentNanos) {

    /** Bytes that a stamp takes. */
    public static final int BYTES = 32;

    private static final byte[] MAGIC = {
        (byte) 0xd1, (byte) 0xe2, (byte) 0xb3, (byte) 0xc4, (byte) 0xf5, (byte) 0xa6, 0x77, 0x58
    };
    private static final int DIGIT = 0x40;

    /** How far into a payload a stamp may begin: a FU or STAP header, a NAL header, a slice header. */
    private static final int SEARCHED = 24;

    /** Writes it; takes {@link #BYTES}. */
    public void write(byte[] out, int offset) {
        System.arraycopy(MAGIC, 0, out, offset, MAGIC.length);
        digits(out, offset + MAGIC.length, number, 8);
        digits(out, offset + MAGIC.length + 8, sentNanos, 16);
    }

    /** The stamp in an RTP payload of H.264; empty if no stamped slice begins there. */
    public static Optional<FrameStamp> find(byte[] payload, int offset, int length) {
        if (length > 3 && (payload[offset] & 0x1f) == 24) {
            int at = offset + 1;
            while (at + 2 < offset + length) {
                int size = (payload[at] & 0xff) << 8 | payload[at + 1] & 0xff;
                Optional<FrameStamp> found = search(payload, at + 2, Math.min(size, offset + length - at - 2));
                if (found.isPresent()) {
                    return found;
                }
                at += 2 + size;
            }
            return Optional.empty();
        }
        return search(payload, offset, length);
    }

    private static Optional<FrameStamp> search(byte[] bytes, int offset, int length) {
        int last = Math.min(offset + SEARCHED, offset + length - BYTES);
        for (int at = offset; at <= last; at++) {
            if (isMagic(bytes, at)) {
                int from = at + MAGIC.length;
                return Optional.of(new FrameStamp((int) value(bytes, from, 8), value(bytes, from + 8, 16)));
            }
        }
        return Optional.empty();
    }

    private static boolean isMagic(byte[] bytes, int at) {
        for (int i = 0; i < MAGIC.length; i++) {
            if (bytes[at + i] != MAGIC[i]) {
                return false;
            }
        }
        return true;
    }

    private static void digits(byte[] out, int offset, long value, int count) {
        for (int i = 0; i < count; i++) {
            out[offset + i] = (byte) (DIGIT | value >>> 4 * (count - 1 - i) & 15);
        }
    }

    private static long value(byte[] bytes, int offset, int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 4 | bytes[offset + i] & 15;
        }
        return value;
    }
}
