package dev.oriel.protocol.rtsp;

import java.util.Arrays;

/**
 * What is known about the media frames of a connection, to tell a frame from bytes that only look like one.
 *
 * <p>Some cameras (Reolink models among them) lose bytes in the middle of a frame. The reader then stands somewhere in a
 * packet, and finds the next frame by the payload type and source its channel had before.
 */
final class FrameSync {

    /** What has to be there to judge a frame: its own header and the fixed part of an RTP header. */
    static final int JUDGED_BYTES = InterleavedFrame.HEADER_BYTES + 12;

    private static final int CHANNELS = 32;
    private static final long UNKNOWN = -1;
    private static final long RTCP = 1L << 40;

    private final long[] marks = new long[CHANNELS];
    private boolean learned;

    FrameSync() {
        Arrays.fill(marks, UNKNOWN);
    }

    boolean hasLearned() {
        return learned;
    }

    /** Takes a frame that came in sync as an example of its channel. */
    void learn(int channel, byte[] bytes, int offset, int length) {
        learned = true;
        if (channel < CHANNELS && length >= 12 && isVersion2(bytes[offset])) {
            marks[channel] = mark(bytes, offset);
        }
    }

    /** Whether a frame that stands where one is expected is taken, whatever is in it. */
    boolean expects(int channel, int length, byte firstByte) {
        return !learned || length == 0 || isVersion2(firstByte) || channel < CHANNELS && marks[channel] != UNKNOWN;
    }

    /** Whether bytes found by searching, {@link #JUDGED_BYTES} of them, begin a frame like those before. */
    boolean recognises(byte[] bytes, int at) {
        int channel = bytes[at + 1] & 0xff;
        int length = (bytes[at + 2] & 0xff) << 8 | bytes[at + 3] & 0xff;
        int packet = at + InterleavedFrame.HEADER_BYTES;
        return channel < CHANNELS
                && length >= 12
                && isVersion2(bytes[packet])
                && marks[channel] != UNKNOWN
                && marks[channel] == mark(bytes, packet);
    }

    private static boolean isVersion2(byte first) {
        return (first & 0xc0) == 0x80;
    }

    private static long mark(byte[] bytes, int packet) {
        int second = bytes[packet + 1] & 0xff;
        if (second >= 192 && second <= 223) {
            return RTCP;
        }
        long source = (bytes[packet + 8] & 0xffL) << 24
                | (bytes[packet + 9] & 0xff) << 16
                | (bytes[packet + 10] & 0xff) << 8
                | bytes[packet + 11] & 0xff;
        return (second & 0x7fL) << 32 | source;
    }
}
