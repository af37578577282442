package dev.oriel.protocol.rtp.picture;

import dev.oriel.protocol.rtp.nal.BitReader;
import dev.oriel.protocol.rtp.nal.NalSyntax;
import java.util.Optional;

/**
 * How one codec writes what is asked here of parameter sets and slices.
 *
 * <p>Readers are given NAL units from behind their header on, without the bytes that keep start codes away.
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
        OTHER
    }

    /** The one for a codec; it keeps what it has to of one track. */
    static PictureSyntax of(NalSyntax syntax) {
        return syntax == NalSyntax.H264 ? new H264Pictures() : new H265Pictures();
    }

    /** What a NAL unit of a type is. */
    Kind kind(int type);

    /** Reads a sequence parameter set; empty if it makes no sense. */
    Optional<SequenceInfo> sequence(BitReader set);

    /** Reads a picture parameter set. */
    PictureSetInfo pictureSet(BitReader set);

    /**
     * Reads a slice as far as its place in the order of showing, and says so if it begins a picture. Answers the sequence
     * parameter set it refers to; empty if it begins no picture, or the set is not known.
     *
     * @param header the NAL unit's
     */
    Optional<SequenceInfo> slice(BitReader slice, int header, KnownSets sets, PictureOrder order);
}
