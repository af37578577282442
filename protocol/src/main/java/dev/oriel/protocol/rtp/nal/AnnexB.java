package dev.oriel.protocol.rtp.nal;

/** NAL units behind start codes {@code 00 00 01} (H.264 annex B), where RTP wants them bare. */
public final class AnnexB {

    private AnnexB() {}

    /** Takes NAL units. */
    public interface Out {
        /** One of them, without its start code; {@code last} says whether none comes behind it. */
        void nal(byte[] bytes, int offset, int length, boolean last);
    }

    /** Whether a run of bytes begins with a start code, of three or four bytes. */
    public static boolean startsWithCode(byte[] bytes, int offset, int length) {
        return length >= 4
                && bytes[offset] == 0
                && bytes[offset + 1] == 0
                && (bytes[offset + 2] == 1 || bytes[offset + 2] == 0 && bytes[offset + 3] == 1);
    }

    /** Tells the NAL units of a run of bytes, without start codes and the zeros in front of them, empty ones left out. */
    public static void split(byte[] bytes, int offset, int length, Out out) {
        int end = offset + length;
        int from = offset;
        int previous = -1;
        int previousEnd = -1;
        while (from < end) {
            int code = findCode(bytes, from, end);
            int nalEnd = trimmed(bytes, from, code);
            if (nalEnd > from) {
                if (previous >= 0) {
                    out.nal(bytes, previous, previousEnd - previous, false);
                }
                previous = from;
                previousEnd = nalEnd;
            }
            from = code + 3;
        }
        if (previous >= 0) {
            out.nal(bytes, previous, previousEnd - previous, true);
        }
    }

    private static int findCode(byte[] bytes, int from, int end) {
        for (int i = from; i + 3 <= end; i++) {
            if (bytes[i] == 0 && bytes[i + 1] == 0 && bytes[i + 2] == 1) {
                return i;
            }
        }
        return end;
    }

    private static int trimmed(byte[] bytes, int from, int end) {
        int to = end;
        while (to > from && bytes[to - 1] == 0) {
            to--;
        }
        return to;
    }
}
