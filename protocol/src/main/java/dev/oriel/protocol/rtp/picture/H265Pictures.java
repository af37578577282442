package dev.oriel.protocol.rtp.picture;

import dev.oriel.protocol.rtp.nal.BitReader;
import java.util.Optional;

/** H.265: sections 7.3.2.2 (sequence parameter set), 7.3.2.3 (picture parameter set) and 7.3.6.1 (slice segment header). */
final class H265Pictures implements PictureSyntax {

    @Override
    public Kind kind(int type) {
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
            default -> Kind.OTHER;
        };
    }

    @Override
    public Optional<SequenceInfo> sequence(BitReader in) {
        in.skip(4);
        int subLayers = in.bits(3);
        in.skip(1);
        skipProfile(in, subLayers);
        int id = in.unsignedExpGolomb();
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
                id,
                (int) Math.min(width, Integer.MAX_VALUE),
                (int) Math.min(height, Integer.MAX_VALUE),
                reordered == 0,
                planes,
                0,
                true,
                orderBits,
                Optional.empty());
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

    @Override
    public PictureSetInfo pictureSet(BitReader set) {
        int id = set.unsignedExpGolomb();
        int sequence = set.unsignedExpGolomb();
        set.skip(1);
        boolean outputFlag = set.flag();
        return new PictureSetInfo(id, sequence, set.bits(3), outputFlag);
    }

    @Override
    public Optional<SequenceInfo> slice(BitReader slice, int header, KnownSets sets, PictureOrder order) {
        if (!slice.flag()) {
            return Optional.empty();
        }
        int type = header >> 9 & 0x3f;
        if (type >= 16 && type <= 23) {
            slice.skip(1);
        }
        int id = slice.unsignedExpGolomb();
        Optional<SequenceInfo> known = sets.sequence(id);
        if (known.isEmpty() || known.get().orderFixed()) {
            return known;
        }
        PictureSetInfo set = sets.pictureSet(id);
        slice.skip(set.extraBits());
        slice.unsignedExpGolomb();
        slice.skip(set.outputFlag() ? 1 : 0);
        slice.skip(known.get().separatePlanes() ? 2 : 0);
        boolean counts = type != 19 && type != 20;
        order.counted(
                counts ? slice.bits(known.get().orderBits()) : 0, known.get().orderBits());
        return known;
    }
}
