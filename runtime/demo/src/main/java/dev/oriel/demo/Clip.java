package dev.oriel.demo;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The clip: pictures in H.264 at {@value #PICTURES_PER_SECOND} a second, and as much sound in A-law at
 * {@value #SAMPLES_PER_SECOND} samples a second. Immutable; its arrays are shared and must not be written to.
 *
 * @param pictures in order of decoding, which is that of showing; the first is a keyframe
 * @param sound one byte a sample
 */
record Clip(List<Picture> pictures, byte[] sound) {

    static final int PICTURES_PER_SECOND = 25;
    static final int SAMPLES_PER_SECOND = 8000;

    private static final int NAL_TYPE_SLICE = 1;
    private static final int NAL_TYPE_IDR = 5;
    private static final int NAL_TYPE_SEQUENCE_PARAMETERS = 7;
    private static final int NAL_TYPE_PICTURE_PARAMETERS = 8;

    /**
     * One picture.
     *
     * @param nals its NAL units without start codes, parameter sets first where it has some
     */
    record Picture(List<byte[]> nals) {

        /** Whether decoding can begin here. */
        boolean isKeyframe() {
            return nals.stream().anyMatch(nal -> typeOf(nal) == NAL_TYPE_IDR);
        }
    }

    /** @throws IllegalArgumentException if picture and sound differ in length, or there is no keyframe to begin with */
    Clip {
        pictures = List.copyOf(pictures);
        if (pictures.isEmpty() || !pictures.get(0).isKeyframe()) {
            throw new IllegalArgumentException("A clip begins with a keyframe");
        }
        if ((long) sound.length * PICTURES_PER_SECOND != (long) pictures.size() * SAMPLES_PER_SECOND) {
            throw new IllegalArgumentException("A clip's sound is as long as its pictures");
        }
    }

    /** The clip in this bundle. */
    static Clip load() throws IOException {
        return new Clip(split(resource("clip.h264")), resource("clip.alaw"));
    }

    /** The sequence and picture parameter sets of the first picture, in that order. */
    List<byte[]> parameterSets() {
        return pictures.get(0).nals().stream()
                .filter(nal ->
                        typeOf(nal) == NAL_TYPE_SEQUENCE_PARAMETERS || typeOf(nal) == NAL_TYPE_PICTURE_PARAMETERS)
                .toList();
    }

    /** The index of the last keyframe at or before a picture. */
    int keyframeBefore(int picture) {
        int index = picture;
        while (!pictures.get(index).isKeyframe()) {
            index--;
        }
        return index;
    }

    /** Splits an Annex B byte stream whose pictures have one slice each; a slice ends its picture. */
    static List<Picture> split(byte[] stream) {
        List<Picture> pictures = new ArrayList<>();
        List<byte[]> nals = new ArrayList<>();
        int start = afterStartCode(stream, 0);
        while (start < stream.length) {
            int next = afterStartCode(stream, start);
            byte[] nal = withoutTrailingZeros(stream, start, next == stream.length ? next : next - 3);
            if (nal.length > 0) {
                nals.add(nal);
                if (typeOf(nal) == NAL_TYPE_SLICE || typeOf(nal) == NAL_TYPE_IDR) {
                    pictures.add(new Picture(List.copyOf(nals)));
                    nals.clear();
                }
            }
            start = next;
        }
        return Collections.unmodifiableList(pictures);
    }

    private static int typeOf(byte[] nal) {
        return nal[0] & 0x1f;
    }

    /** The index behind the next {@code 00 00 01}, or the end. */
    private static int afterStartCode(byte[] stream, int from) {
        for (int i = from; i + 2 < stream.length; i++) {
            if (stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1) {
                return i + 3;
            }
        }
        return stream.length;
    }

    /** A NAL unit never ends with a zero byte (H.264 section 7.4.1); those belong to the next start code. */
    private static byte[] withoutTrailingZeros(byte[] stream, int from, int to) {
        int end = to;
        while (end > from && stream[end - 1] == 0) {
            end--;
        }
        return Arrays.copyOfRange(stream, from, end);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = Clip.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("The bundle lacks " + name);
            }
            return in.readAllBytes();
        }
    }
}
