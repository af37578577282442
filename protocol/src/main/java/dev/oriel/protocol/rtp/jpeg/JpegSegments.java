package dev.oriel.protocol.rtp.jpeg;

import java.io.ByteArrayOutputStream;

/** Segments of a JPEG file (ISO/IEC 10918-1 annex B): two bytes of marker, two of length, and what that length covers. */
final class JpegSegments {

    static final int START_OF_IMAGE = 0xd8;
    static final int END_OF_IMAGE = 0xd9;
    static final int START_OF_SCAN = 0xda;
    static final int BASELINE_FRAME = 0xc0;
    static final int HUFFMAN = 0xc4;
    static final int QUANTISATION = 0xdb;
    static final int RESTART_INTERVAL = 0xdd;

    private static final int LEAST_FRAME_BYTES = 9;

    private JpegSegments() {}

    /** The segments with this marker between {@code offset} and {@code end}, markers included; empty if there are none. */
    static byte[] find(byte[] bytes, int offset, int end, int marker) {
        ByteArrayOutputStream found = new ByteArrayOutputStream();
        int at = offset;
        while (at + 4 <= end && bytes[at] == -1) {
            int kind = bytes[at + 1] & 0xff;
            if (kind == 0xff) {
                // Filled up in front of a marker, or up to the end of a header extension.
                at++;
            } else if (kind == START_OF_IMAGE) {
                at += 2;
            } else {
                int length = unsigned16(bytes, at + 2);
                if (length < 2 || at + 2 + length > end || kind == START_OF_SCAN) {
                    break;
                }
                if (kind == marker) {
                    found.write(bytes, at, 2 + length);
                }
                at += 2 + length;
            }
        }
        return found.toByteArray();
    }

    /** The size a frame header (SOF), as {@link #find} answers it, tells. */
    static PictureSize size(byte[] frame) {
        return frame.length < LEAST_FRAME_BYTES
                ? PictureSize.UNKNOWN
                : new PictureSize(unsigned16(frame, 7), unsigned16(frame, 5));
    }

    static boolean startImage(byte[] bytes, int offset, int end) {
        return offset + 2 <= end && bytes[offset] == -1 && (bytes[offset + 1] & 0xff) == START_OF_IMAGE;
    }

    private static int unsigned16(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }
}
