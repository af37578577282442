package dev.oriel.protocol.rtp.jpeg;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The quantisation tables of a camera's pictures, as segments (DQT) of a file: computed for Q from 1 to 99 (RFC 2435
 * section 4.2), otherwise as the camera has sent them, which for all but 255 may have been with a picture before.
 */
final class QuantisationTables {

    private static final int ENTRIES = 64;
    private static final int FIRST_SENT = 128;
    private static final int NEVER_KEPT = 255;

    /** One for brightness and one for colours; others than these two are not referred to. */
    private static final int MOST_TABLES = 2;

    /** ISO/IEC 10918-1 table K.1, by rows. */
    private static final int[] BRIGHTNESS = {
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29,
        51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121,
        120, 101, 72, 92, 95, 98, 112, 100, 103, 99
    };

    /** ISO/IEC 10918-1 table K.2: its first four rows and columns, all else is 99. */
    private static final int[] COLOUR = {17, 18, 24, 47, 18, 21, 26, 66, 24, 26, 56, 99, 47, 66, 99, 99};

    /**
     * Tables in force.
     *
     * @param segment DQT segments
     * @param count how many tables they hold, 1 or 2
     */
    record Tables(byte[] segment, int count) {}

    private final Map<Integer, Tables> sent = new HashMap<>();

    /** The tables for the picture that begins with this payload; empty if they are missing, or make no sense. */
    Optional<Tables> of(JpegPayload first) {
        int quality = first.quality();
        if (quality < FIRST_SENT) {
            return Optional.of(computed(quality));
        }
        if (first.tablesLength() == 0) {
            return Optional.ofNullable(sent.get(quality));
        }
        Optional<Tables> tables = read(first);
        if (quality != NEVER_KEPT) {
            tables.ifPresent(t -> sent.put(quality, t));
        }
        return tables;
    }

    /** Some cameras send three tables (192 bytes), or one for all. */
    private static Optional<Tables> read(JpegPayload first) {
        int at = first.tablesOffset();
        int left = first.tablesLength();
        byte[] segments = new byte[0];
        int count = 0;
        while (count < MOST_TABLES) {
            int wide = first.tablePrecision() >> count & 1;
            int length = ENTRIES << wide;
            if (length > left) {
                break;
            }
            segments = Arrays.copyOf(segments, segments.length + 5 + length);
            int to = segments.length - 5 - length;
            putHeader(segments, to, length, wide << 4 | count);
            System.arraycopy(first.bytes(), at, segments, to + 5, length);
            at += length;
            left -= length;
            count++;
        }
        return count == 0 ? Optional.empty() : Optional.of(new Tables(segments, count));
    }

    private static Tables computed(int quality) {
        int q = Math.max(1, Math.min(quality, 99));
        int scale = q < 50 ? 5000 / q : 200 - 2 * q;
        int segment = 5 + ENTRIES;
        byte[] segments = new byte[2 * segment];
        putHeader(segments, 0, ENTRIES, 0);
        putHeader(segments, segment, ENTRIES, 1);
        int row = 0;
        int column = 0;
        for (int i = 0; i < ENTRIES; i++) {
            int colour = row < 4 && column < 4 ? COLOUR[4 * row + column] : 99;
            segments[5 + i] = scaled(BRIGHTNESS[8 * row + column], scale);
            segments[segment + 5 + i] = scaled(colour, scale);
            // Tables are written along the diagonals, to and fro.
            boolean up = (row + column) % 2 == 0;
            int along = up ? column : row;
            int across = up ? row : column;
            if (along == 7) {
                across++;
            } else {
                along++;
                across = Math.max(0, across - 1);
            }
            row = up ? across : along;
            column = up ? along : across;
        }
        return new Tables(segments, 2);
    }

    private static byte scaled(int entry, int scale) {
        return (byte) Math.max(1, Math.min((entry * scale + 50) / 100, 255));
    }

    private static void putHeader(byte[] target, int at, int length, int precisionAndId) {
        target[at] = (byte) 0xff;
        target[at + 1] = (byte) 0xdb;
        target[at + 2] = (byte) (length + 3 >> 8);
        target[at + 3] = (byte) (length + 3);
        target[at + 4] = (byte) precisionAndId;
    }
}
