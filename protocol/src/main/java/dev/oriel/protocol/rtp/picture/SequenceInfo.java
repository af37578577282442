package dev.oriel.protocol.rtp.picture;

import dev.oriel.protocol.rtp.nal.BitReader;
import dev.oriel.protocol.rtp.nal.NalSyntax;
import java.util.Optional;

/**
 * What a sequence parameter set says that we ask for.
 *
 * @param id its number
 * @param widthPixels as it is shown, after cropping
 * @param heightPixels as it is shown, after cropping
 * @param orderFixed whether it promises that pictures come in the order in which they are shown
 * @param separatePlanes whether slices name a colour plane
 * @param frameNumberBits how long {@code frame_num} is; H.264 only
 * @param framesOnly whether there are no fields; H.264 only
 * @param orderBits how long the low part of the picture order count is; 0 if slices do not carry it
 * @param cycle what tells the picture order count in its place; H.264 only
 */
public record SequenceInfo(
        int id,
        int widthPixels,
        int heightPixels,
        boolean orderFixed,
        boolean separatePlanes,
        int frameNumberBits,
        boolean framesOnly,
        int orderBits,
        Optional<OrderCycle> cycle) {

    /** Larger is no picture but a mistake. */
    static final int MAX_PIXELS = 16_384;

    private static final int SET_BYTES = 512;

    /** Reads a NAL unit; empty if it is no sequence parameter set, or makes no sense. */
    public static Optional<SequenceInfo> of(NalSyntax syntax, byte[] bytes, int offset, int length) {
        PictureSyntax pictures = PictureSyntax.of(syntax);
        if (length <= syntax.headerBytes()
                || pictures.kind(syntax.type(syntax.header(bytes, offset))) != PictureSyntax.Kind.SEQUENCE) {
            return Optional.empty();
        }
        return pictures.sequence(unescaped(syntax, bytes, offset, length));
    }

    /** What stands behind the header of a parameter set. */
    static BitReader unescaped(NalSyntax syntax, byte[] bytes, int offset, int length) {
        byte[] plain = new byte[Math.min(length, SET_BYTES)];
        return new BitReader(
                plain, 0, BitReader.unescape(bytes, offset + syntax.headerBytes(), offset + length, plain));
    }

    boolean isPlausible() {
        return widthPixels > 0 && widthPixels <= MAX_PIXELS && heightPixels > 0 && heightPixels <= MAX_PIXELS;
    }
}
