package dev.oriel.protocol.rtp.nal;

import dev.oriel.api.media.Bytes;
import dev.oriel.api.media.Codec;
import java.util.List;

/**
 * How NAL units look in one codec, and how its RTP payload format packs them: RFC 6184 for H.264, RFC 7798 for H.265.
 *
 * <p>A NAL header is handled as a number of one or two bytes.
 */
public enum NalSyntax {
    /** One byte: forbidden bit, two bits of importance, five of type. */
    H264(1, 12, 28) {
        @Override
        public int type(int header) {
            return header & 0x1f;
        }

        @Override
        public int withType(int header, int type) {
            return header & 0xe0 | type;
        }

        @Override
        public Role role(int type) {
            return switch (type) {
                case 1 -> Role.SLICE;
                case 5 -> Role.KEYFRAME_SLICE;
                case 6 -> Role.MESSAGE;
                case 7, 8 -> Role.PARAMETER_SET;
                case 24, 25, 26, 27 -> Role.AGGREGATE;
                case 28, 29 -> Role.FRAGMENT;
                // Delimiters, fillers, ends, and the layers of SVC and MVC that no browser plays.
                case 9, 10, 11, 12, 13, 14, 15, 19, 20, 21 -> Role.DROPPED;
                // Partitioned slices (2 to 4) are sent by no camera and played by no browser, but are what H.265 looks
                // like.
                default -> Role.UNKNOWN;
            };
        }

        @Override
        public Codec codec(List<Bytes> parameterSets) {
            return new Codec.H264(parameterSets);
        }
    },

    /** Two bytes: forbidden bit, six bits of type, six of layer, three of temporal layer. */
    H265(2, 38, 49) {
        @Override
        public int type(int header) {
            return header >> 9 & 0x3f;
        }

        @Override
        public int withType(int header, int type) {
            return header & 0x81ff | type << 9;
        }

        @Override
        public Role role(int type) {
            if (type <= 9) {
                return Role.SLICE;
            }
            if (type >= 16 && type <= 21) {
                return Role.KEYFRAME_SLICE;
            }
            return switch (type) {
                case 32, 33, 34 -> Role.PARAMETER_SET;
                case 39, 40 -> Role.MESSAGE;
                case 48 -> Role.AGGREGATE;
                case 49 -> Role.FRAGMENT;
                case 35, 36, 37, 38 -> Role.DROPPED;
                default -> Role.UNKNOWN;
            };
        }

        @Override
        public Codec codec(List<Bytes> parameterSets) {
            return new Codec.H265(parameterSets);
        }
    };

    /** What a NAL unit or payload is to us. */
    public enum Role {
        /** A slice of a picture that needs others. */
        SLICE,
        /** A slice of a picture that a decoder can start with. */
        KEYFRAME_SLICE,
        /** Supplemental information (SEI). */
        MESSAGE,
        /** What decoders must know of the stream. */
        PARAMETER_SET,
        /** Several NAL units in one packet, each behind two bytes of length. */
        AGGREGATE,
        /** A part of a NAL unit. */
        FRAGMENT,
        /** Of no use to a viewer. */
        DROPPED,
        /** Not to be expected. */
        UNKNOWN
    }

    /** Fragment header, first bit: the first part of a NAL unit. */
    public static final int FRAGMENT_START = 0x80;

    /** Fragment header, second bit: the last part. */
    public static final int FRAGMENT_END = 0x40;

    private final int headerBytes;
    private final int filler;
    private final int fragmentType;

    NalSyntax(int headerBytes, int filler, int fragmentType) {
        this.headerBytes = headerBytes;
        this.filler = filler;
        this.fragmentType = fragmentType;
    }

    /** The type in a NAL header. */
    public abstract int type(int header);

    /** The NAL header with another type. */
    public abstract int withType(int header, int type);

    /** What NAL units and payloads of this type are. */
    public abstract Role role(int type);

    /** The codec with these parameter sets. */
    public abstract Codec codec(List<Bytes> parameterSets);

    /** What a NAL unit or payload with this header is. */
    public Role roleOf(int header) {
        // Layers above the first are for no browser; a header of H.264 looks as if it had one.
        boolean base = this == H264 || (header >> 3 & 0x3f) == 0;
        return base ? role(type(header)) : Role.UNKNOWN;
    }

    /** How many bytes a NAL header has. */
    public int headerBytes() {
        return headerBytes;
    }

    /** The type whose NAL units say nothing. */
    public int filler() {
        return filler;
    }

    /** The type that marks a fragment. */
    public int fragmentType() {
        return fragmentType;
    }

    /**
     * Whether a slice whose first byte behind the header is this one begins a picture: {@code first_mb_in_slice} is 0 and thus
     * the single bit 1 (H.264 section 7.3.3), or {@code first_slice_segment_in_pic_flag} is set (H.265 section 7.3.6.1).
     */
    public boolean isFirstSlice(byte first) {
        return (first & 0x80) != 0;
    }

    /** Reads the NAL header at a place. */
    public int header(byte[] bytes, int at) {
        return headerBytes == 1 ? bytes[at] & 0xff : (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }

    /** Writes a NAL header. */
    public void putHeader(byte[] target, int at, int header) {
        if (headerBytes == 1) {
            target[at] = (byte) header;
        } else {
            target[at] = (byte) (header >> 8);
            target[at + 1] = (byte) header;
        }
    }

    /** The type in a fragment header; it has as many bits as the NAL header's. */
    public int typeInFragment(int fragmentHeader) {
        return this == H264 ? fragmentHeader & 0x1f : fragmentHeader & 0x3f;
    }
}
