package dev.oriel.protocol.rtp.picture;

import java.util.Optional;

/** H.265: sections 7.3.2.2 (sequence parameter set), 7.3.2.3 (picture parameter set) and 7.3.6.1 (slice segment header). */
final class H265Pictures implements PictureSyntax {

    private static final int OUTPUT_FLAG = 8;

    @Override
    public int headerBytes() {
        return 2;
    }

    @Override
    public Kind kind(int first) {
        return ofType(first >> 1 & 0x3f);
    }

    @Override
    public Kind kindInFragment(int fragmentHeader) {
        return ofType(fragmentHeader & 0x3f);
    }

    private static Kind ofType(int type) {
        if (type <= 5) {
            return Kind.SLICE;
        }
        if (type <= 9) {
            return Kind.LEADING_SLICE;
        }
        return switch (type) {
            // BLA and IDR; a CRA picture (21) goes on counting, unless the one before was lost.
            case 16, 17, 18, 19, 20 -> Kind.RESET_SLICE;
            case 21 -> Kind.SLICE;
            case 33 -> Kind.SEQUENCE;
            case 34 -> Kind.PICTURE_SET;
            case 49 -> Kind.FRAGMENT;
            default -> Kind.OTHER;
        };
    }

    @Override
    public Optional<SequenceInfo> sequence(byte[] rbsp, int length) {
        BitReader in = new BitReader(rbsp, 2, length);
        in.skip(4);
        int subLayers = in.bits(3);
        in.skip(1);
        skipProfile(in, subLayers);
        in.unsignedExpGolomb();
        int chroma = in.unsignedExpGolomb();
        boolean planes = chroma == 3 && in.flag();
        long width = in.unsignedExpGolomb();
        long height = in.unsignedExpGolomb();
        if (in.flag()) {
            int across = chroma == 1 || chroma == 2 ? 2 : 1;
            int down = chroma == 1 ? 2 : 1;
            width -= (long) across * ((long) in.unsignedExpGolomb() + in.unsignedExpGolomb());
            height -= (long) down * ((long) in.unsignedExpGolomb() + in.unsignedExpGolomb());
        }
        in.unsignedExpGolomb();
        in.unsignedExpGolomb();
        int orderBits = in.unsignedExpGolomb() + 4;
        int reordered = 0;
        for (int layer = in.flag() ? 0 : subLayers; layer <= subLayers; layer++) {
            in.unsignedExpGolomb();
            reordered = in.unsignedExpGolomb();
            in.unsignedExpGolomb();
        }
        if (in.isOver() || orderBits > 16 || width <= 0 || height <= 0) {
            return Optional.empty();
        }
        SequenceInfo info = new SequenceInfo(
                (int) Math.min(width, Integer.MAX_VALUE),
                (int) Math.min(height, Integer.MAX_VALUE),
                reordered == 0,
                planes,
                0,
                true,
                orderBits);
        return info.isPlausible() ? Optional.of(info) : Optional.empty();
    }

    /** profile_tier_level (section 7.3.3). */
    private static void skipProfile(BitReader in, int subLayers) {
        in.skip(96);
        int profiles = 0;
        int levels = 0;
        for (int layer = 0; layer < subLayers; layer++) {
            profiles += in.bit();
            levels += in.bit();
        }
        if (subLayers > 0) {
            in.skip(2 * (8 - subLayers));
        }
        in.skip(88 * profiles + 8 * levels);
    }

    /** The number of extra bits in each slice header, and whether it has a flag for output. */
    @Override
    public int pictureSet(BitReader set) {
        set.unsignedExpGolomb();
        set.unsignedExpGolomb();
        set.skip(1);
        int output = set.bit() * OUTPUT_FLAG;
        return output | set.bits(3);
    }

    @Override
    public int order(BitReader slice, int type, SequenceInfo sequence, int extraBits) {
        if (!slice.flag()) {
            return NOT_FIRST;
        }
        int nalType = type >> 1 & 0x3f;
        if (nalType >= 16 && nalType <= 23) {
            slice.skip(1);
        }
        slice.unsignedExpGolomb();
        slice.skip(extraBits & OUTPUT_FLAG - 1);
        slice.unsignedExpGolomb();
        slice.skip((extraBits & OUTPUT_FLAG) != 0 ? 1 : 0);
        slice.skip(sequence.separatePlanes() ? 2 : 0);
        return nalType == 19 || nalType == 20 ? 0 : slice.bits(sequence.orderBits());
    }
}
