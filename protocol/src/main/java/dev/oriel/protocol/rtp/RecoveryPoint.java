package dev.oriel.protocol.rtp;

import dev.oriel.protocol.rtp.nal.BitReader;

/**
 * Pictures of H.264 that a decoder can start with although they are no IDR: a message says so (annex D.2.8), and the
 * picture is all intra. Cameras with "open" groups of pictures send nothing else.
 */
final class RecoveryPoint {

    private static final int RECOVERY_POINT = 6;

    private RecoveryPoint() {}

    /** Whether one of the messages in an SEI NAL unit, from behind its header, is a recovery point of this very picture. */
    static boolean isIn(byte[] bytes, int offset, int end) {
        int at = offset;
        while (at + 2 < end) {
            int type = 0;
            int size = 0;
            while (at < end && bytes[at] == -1) {
                type += 255;
                at++;
            }
            type += at < end ? bytes[at++] & 0xff : 0;
            while (at < end && bytes[at] == -1) {
                size += 255;
                at++;
            }
            size += at < end ? bytes[at++] & 0xff : 0;
            if (type == RECOVERY_POINT && at < end) {
                return new BitReader(bytes, at, end).unsignedExpGolomb() == 0;
            }
            at += size;
        }
        return false;
    }

    /** Whether a slice, from behind its NAL header, is intra (section 7.4.3: slice_type 2 or 7). */
    static boolean isIntra(byte[] bytes, int offset, int end) {
        BitReader bits = new BitReader(bytes, offset, end);
        bits.unsignedExpGolomb();
        int type = bits.unsignedExpGolomb();
        return type == 2 || type == 7;
    }
}
