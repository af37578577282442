package dev.oriel.protocol.rtp.picture;

import dev.oriel.protocol.rtp.nal.BitReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** H.264: sections 7.3.2.1.1 (sequence parameter set), 7.3.3 (slice header) and annex E (video usability information). */
final class H264Pictures implements PictureSyntax {

    private static final int BASELINE = 66;
    private static final int ALL_IN_ONE_ASPECT = 255;
    private static final int MAX_CYCLE = 255;
    private static final int REFERENCE_BITS = 0x60;

    private int lastFrameNumber;
    private long frameNumberBase;

    @Override
    public Kind kind(int type) {
        return switch (type) {
            case 7 -> Kind.SEQUENCE;
            case 8 -> Kind.PICTURE_SET;
            case 1, 2 -> Kind.SLICE;
            case 5 -> Kind.RESET_SLICE;
            default -> Kind.OTHER;
        };
    }

    @Override
    public PictureSetInfo pictureSet(BitReader set) {
        return new PictureSetInfo(set.unsignedExpGolomb(), set.unsignedExpGolomb(), 0, false);
    }

    @Override
    public Optional<SequenceInfo> sequence(BitReader in) {
        int profile = in.bits(8);
        int constraints = in.bits(8);
        in.skip(8);
        int id = in.unsignedExpGolomb();
        int chroma = 1;
        boolean planes = false;
        if (hasChroma(profile)) {
            chroma = in.unsignedExpGolomb();
            planes = chroma == 3 && in.flag();
            in.unsignedExpGolomb();
            in.unsignedExpGolomb();
            in.skip(1);
            if (in.flag()) {
                skipScaling(in, chroma == 3 ? 12 : 8);
            }
        }
        int frameNumberBits = in.unsignedExpGolomb() + 4;
        int orderType = in.unsignedExpGolomb();
        int orderBits = 0;
        if (orderType == 0) {
            orderBits = in.unsignedExpGolomb() + 4;
        }
        Optional<OrderCycle> cycle = orderType == 1 ? Optional.of(cycle(in)) : Optional.empty();
        in.unsignedExpGolomb();
        in.skip(1);
        long width = 16L * (in.unsignedExpGolomb() + 1L);
        long mapUnits = in.unsignedExpGolomb() + 1L;
        boolean framesOnly = in.flag();
        long height = 16L * mapUnits * (framesOnly ? 1 : 2);
        if (!framesOnly) {
            in.skip(1);
        }
        in.skip(1);
        if (in.flag()) {
            int across = chroma == 1 || chroma == 2 ? 2 : 1;
            int down = (chroma == 1 ? 2 : 1) * (framesOnly ? 1 : 2);
            width -= (long) across * ((long) in.unsignedExpGolomb() + in.unsignedExpGolomb());
            height -= (long) down * ((long) in.unsignedExpGolomb() + in.unsignedExpGolomb());
        }
        // An SPS has a stop bit behind its last field.
        if (in.isOver() || orderType > 2 || frameNumberBits > 16 || orderBits > 16) {
            return Optional.empty();
        }
        boolean inOrder = profile == BASELINE
                || orderType == 2
                || in.flag() && neverReorders(in)
                || profile == 44 && (constraints & 0x10) != 0;
        SequenceInfo info = new SequenceInfo(
                id, clipped(width), clipped(height), inOrder, planes, frameNumberBits, framesOnly, orderBits, cycle);
        return info.isPlausible() ? Optional.of(info) : Optional.empty();
    }

    private static OrderCycle cycle(BitReader in) {
        boolean deltaInSlices = !in.flag();
        int nonReference = in.signedExpGolomb();
        in.signedExpGolomb();
        List<Integer> steps = new ArrayList<>();
        for (int left = Math.min(in.unsignedExpGolomb(), MAX_CYCLE); left > 0; left--) {
            steps.add(in.signedExpGolomb());
        }
        return new OrderCycle(deltaInSlices, nonReference, steps);
    }

    private static int clipped(long pixels) {
        return (int) Math.max(0, Math.min(pixels, Integer.MAX_VALUE));
    }

    private static boolean hasChroma(int profile) {
        return switch (profile) {
            case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 -> true;
            default -> false;
        };
    }

    private static void skipScaling(BitReader in, int lists) {
        for (int list = 0; list < lists; list++) {
            if (!in.flag()) {
                continue;
            }
            int size = list < 6 ? 16 : 64;
            int next = 8;
            for (int i = 0; i < size && next != 0; i++) {
                next = next + in.signedExpGolomb() & 0xff;
            }
        }
    }

    /** Reads the usability information up to {@code max_num_reorder_frames}; true only where that is there and 0. */
    private static boolean neverReorders(BitReader in) {
        if (in.flag() && in.bits(8) == ALL_IN_ONE_ASPECT) {
            in.skip(32);
        }
        if (in.flag()) {
            in.skip(1);
        }
        if (in.flag()) {
            in.skip(4);
            if (in.flag()) {
                in.skip(24);
            }
        }
        if (in.flag()) {
            in.unsignedExpGolomb();
            in.unsignedExpGolomb();
        }
        if (in.flag()) {
            in.skip(65);
        }
        boolean nalBuffer = in.flag();
        skipBuffer(in, nalBuffer);
        boolean videoBuffer = in.flag();
        skipBuffer(in, videoBuffer);
        in.skip(nalBuffer || videoBuffer ? 2 : 1);
        if (!in.flag()) {
            return false;
        }
        in.skip(1);
        for (int i = 0; i < 4; i++) {
            in.unsignedExpGolomb();
        }
        return in.unsignedExpGolomb() == 0 && !in.isOver();
    }

    private static void skipBuffer(BitReader in, boolean present) {
        if (present) {
            int schedules = Math.min(in.unsignedExpGolomb(), 31) + 1;
            in.skip(8);
            for (int i = 0; i < schedules; i++) {
                in.unsignedExpGolomb();
                in.unsignedExpGolomb();
                in.skip(1);
            }
            in.skip(20);
        }
    }

    @Override
    public Optional<SequenceInfo> slice(BitReader slice, int header, KnownSets sets, PictureOrder order) {
        if (slice.unsignedExpGolomb() != 0) {
            return Optional.empty();
        }
        boolean refersToBothSides = slice.unsignedExpGolomb() % 5 == 1;
        Optional<SequenceInfo> known = sets.sequence(slice.unsignedExpGolomb());
        if (known.isEmpty() || known.get().orderFixed()) {
            return known;
        }
        SequenceInfo sequence = known.get();
        boolean reset = kind(header & 0x1f) == Kind.RESET_SLICE;
        slice.skip(sequence.separatePlanes() ? 2 : 0);
        int frameNumber = slice.bits(sequence.frameNumberBits());
        boolean field = !sequence.framesOnly() && slice.flag();
        slice.skip(field ? 1 : 0);
        if (reset) {
            slice.unsignedExpGolomb();
        }
        if (sequence.cycle().isPresent()) {
            OrderCycle cycle = sequence.cycle().get();
            int count =
                    cycle.count(frame(frameNumber, sequence.frameNumberBits(), reset), (header & REFERENCE_BITS) != 0);
            order.counted(count + (cycle.deltaInSlices() ? slice.signedExpGolomb() : 0), Integer.SIZE);
        } else if (sequence.orderBits() > 0) {
            order.counted(slice.bits(sequence.orderBits()), sequence.orderBits());
        } else {
            order.picture(refersToBothSides);
        }
        return known;
    }

    /** The number of a frame without its wrapping around. */
    private long frame(int number, int bits, boolean reset) {
        if (reset) {
            frameNumberBase = 0;
        } else if (number < lastFrameNumber) {
            frameNumberBase += 1L << bits;
        }
        lastFrameNumber = number;
        return frameNumberBase + number;
    }
}
