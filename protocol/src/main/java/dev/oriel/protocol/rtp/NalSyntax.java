package dev.oriel.protocol.rtp;

import dev.oriel.api.media.Bytes;
import dev.oriel.api.media.Codec;
import java.util.List;

/**
 * How NAL units look in one codec, and how its RTP payload format packs them: RFC 6184 for H.264, RFC 7798 for H.265.
 *
 * <p>A NAL header is handled as a number of one or two bytes.
 */
enum NalSyntax {
    /** One byte: forbidden bit, two bits of importance, five of type. */
    H264(1) {
        @Override
        int type(int header) {
            return header & 0x1f;
        }

        @Override
        int withType(int header, int type) {
            return header & 0xe0 | type;
        }

        @Override
        Role role(int type) {
            return switch (type) {
                case 1, 2, 3, 4 -> Role.SLICE;
                case 5 -> Role.KEYFRAME_SLICE;
                case 6 -> Role.MESSAGE;
                case 7, 8 -> Role.PARAMETER_SET;
                case 24 -> Role.AGGREGATE;
                case 28 -> Role.FRAGMENT;
                // Delimiters, fillers, ends, and the layers of SVC and MVC that no browser plays.
                case 9, 10, 11, 12, 13, 14, 15, 19, 20, 21 -> Role.DROPPED;
                default -> Role.UNKNOWN;
            };
        }

        @Override
        int filler() {
            return 12;
        }

        @Override
        boolean isFirstSlice(byte first) {
            // first_mb_in_slice is 0 and thus the single bit 1 (H.264 section 7.3.3).
            return (first & 0x80) != 0;
        }

        @Override
        Codec codec(List<Bytes> parameterSets) {
            return new Codec.H264(parameterSets);
        }
    },

    /** Two bytes: forbidden bit, six bits of type, six of layer, three of temporal layer. */
    H265(2) {
        @Override
        int type(int header) {
            return header >> 9 & 0x3f;
        }

        @Override
        int withType(int header, int type) {
            return header & 0x81ff | type << 9;
        }

        @Override
        Role role(int type) {
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
        int filler() {
            return 38;
        }

        @Override
        boolean isFirstSlice(byte first) {
            // first_slice_segment_in_pic_flag (H.265 section 7.3.6.1).
            return (first & 0x80) != 0;
        }

        @Override
        Codec codec(List<Bytes> parameterSets) {
            return new Codec.H265(parameterSets);
        }
    };

    /** What a NAL unit or payload is to us. */
    enum Role {
        SLICE,
        KEYFRAME_SLICE,
        /** Supplemental information (SEI). */
        MESSAGE,
        PARAMETER_SET,
        /** Several NAL units in one packet, each behind two bytes of length. */
        AGGREGATE,
        /** A part of a NAL unit. */
        FRAGMENT,
        DROPPED,
        UNKNOWN
    }

    /** Fragment header, first bit: the first part of a NAL unit. */
    static final int FRAGMENT_START = 0x80;

    /** Fragment header, second bit: the last part. */
    static final int FRAGMENT_END = 0x40;

    private final int headerBytes;

    NalSyntax(int headerBytes) {
        this.headerBytes = headerBytes;
    }

    abstract int type(int header);

    abstract int withType(int header, int type);

    abstract Role role(int type);

    /** The type whose NAL units say nothing. */
    abstract int filler();

    /** Whether a slice whose first byte behind the header is this one begins a picture. */
    abstract boolean isFirstSlice(byte first);

    abstract Codec codec(List<Bytes> parameterSets);

    int headerBytes() {
        return headerBytes;
    }

    int header(byte[] bytes, int at) {
        return headerBytes == 1 ? bytes[at] & 0xff : RtpView.unsigned16(bytes, at);
    }

    void putHeader(byte[] target, int at, int header) {
        if (headerBytes == 1) {
            target[at] = (byte) header;
        } else {
            target[at] = (byte) (header >> 8);
            target[at + 1] = (byte) header;
        }
    }

    /** The type that marks a fragment. */
    int fragmentType() {
        return this == H264 ? 28 : 49;
    }

    /** The type in a fragment header; it has as many bits as the NAL header's. */
    int typeInFragment(int fragmentHeader) {
        return this == H264 ? fragmentHeader & 0x1f : fragmentHeader & 0x3f;
    }
}
