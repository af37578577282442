package dev.oriel.protocol.rtp.picture;

import java.util.Optional;

/**
 * How one codec writes its parameter sets and slices.
 *
 * <p>Readers are given NAL units without the bytes that keep start codes away, header included.
 */
interface PictureSyntax {

    /** What a NAL unit is to us. */
    enum Kind {
        SEQUENCE,
        PICTURE_SET,
        /** A slice of a picture behind which order begins anew. */
        RESET_SLICE,
        SLICE,
        /** A slice of a picture that is shown before its keyframe although it comes behind it. */
        LEADING_SLICE,
        FRAGMENT,
        OTHER
    }

    /** How many bytes a NAL header has. */
    int headerBytes();

    /** What a NAL unit with these first bytes is. */
    Kind kind(int first);

    /** What the NAL unit is that a fragment with this header behind its NAL header is part of. */
    Kind kindInFragment(int fragmentHeader);

    /** Reads a sequence parameter set, behind its NAL header; empty if it makes no sense. */
    Optional<SequenceInfo> sequence(byte[] rbsp, int length);

    /**
     * Reads on in a slice, from behind its NAL header up to its place in the order of showing.
     *
     * @param type the NAL unit's
     * @param extraBits what {@link #pictureSet} answered
     * @return the low part of the picture order count, {@link #NOT_FIRST}, {@link #UNKNOWN} or {@link #BIPREDICTIVE}
     */
    int order(BitReader slice, int type, SequenceInfo sequence, int extraBits);

    /** What of a picture parameter set changes how slices are read. */
    int pictureSet(BitReader set);

    /** The slice does not begin a picture. */
    int NOT_FIRST = -1;

    /** The slice does not tell its order. */
    int UNKNOWN = -2;

    /** The slice does not tell its order, but refers to pictures on both sides (B). */
    int BIPREDICTIVE = -3;
}
