package dev.oriel.benchmarks.camera;

import java.util.HexFormat;
import java.util.Random;

/**
 * What looks like 1080p25 of H.264 at 3 Mbit/s to everybody who does not decode it: real parameter sets, slices with real first
 * bytes, a keyframe about six times as big as the other pictures. Immutable.
 *
 * @param groupSeconds from one keyframe to the next, 1 or more
 */
public record SyntheticVideo(int groupSeconds) {

    /** Pictures a second. */
    public static final int FRAMES_PER_SECOND = 25;

    private static final int BITS_PER_SECOND = 3_000_000;
    private static final int KEYFRAME_BYTES = 88_000;
    private static final int SLICE_HEADER_BYTES = 6;
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] SPS = HEX.parseHex("6742c028da01e0089f97011000000300100000030320f1832a");
    private static final byte[] PPS = HEX.parseHex("68ce3c80");
    private static final byte[] KEY_SLICE = HEX.parseHex("658884097c40");
    private static final byte[] SLICE = HEX.parseHex("419a2040d0ff");
    private static final byte[] NOISE = noise();

    /** Sequence and picture parameter set, without start codes. */
    public static byte[] sequenceParameters() {
        return SPS.clone();
    }

    /** The picture parameter set. */
    public static byte[] pictureParameters() {
        return PPS.clone();
    }

    /** Pictures from one keyframe to the next. */
    public int groupFrames() {
        return groupSeconds * FRAMES_PER_SECOND;
    }

    /** Whether a picture is a keyframe. */
    public boolean isKeyframe(int number) {
        return number % groupFrames() == 0;
    }

    /** How big a picture's slice is. */
    public int bytes(int number) {
        if (isKeyframe(number)) {
            return KEYFRAME_BYTES;
        }
        int perGroup = BITS_PER_SECOND / 8 * groupSeconds - KEYFRAME_BYTES;
        int average = perGroup / (groupFrames() - 1);
        // Between 75 % and 125 %, so that packets are not all of one length.
        return average * (75 + number * 37 % 51) / 100;
    }

    /** A picture's slice, stamped. */
    public byte[] slice(FrameStamp stamp) {
        byte[] slice = new byte[bytes(stamp.number())];
        System.arraycopy(NOISE, 0, slice, 0, slice.length);
        System.arraycopy(isKeyframe(stamp.number()) ? KEY_SLICE : SLICE, 0, slice, 0, SLICE_HEADER_BYTES);
        stamp.write(slice, SLICE_HEADER_BYTES);
        return slice;
    }

    /** No byte of it is part of a start code. */
    private static byte[] noise() {
        Random random = new Random(1);
        byte[] noise = new byte[KEYFRAME_BYTES];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) random.nextInt(16, 256);
        }
        return noise;
    }
}
