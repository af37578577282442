package dev.oriel.protocol.rtp.sound;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Access units out of LATM (RFC 6416 section 6): elements of a multiplex, one or more in a packet, or one over several packets.
 *
 * <p>An element says how long its units are, so it is known whether it is whole; the marker is looked at only if it is not.
 * Where a camera does not say whether elements describe the multiplex, or says it wrongly, what fits tells.
 */
final class LatmUnits implements UnitFormat {

    private static final int MAX_UNITS = 512;

    private final AccessUnits out;
    private final Pieces pieces;
    private Optional<StreamMux> mux;
    private final StreamMux guess;
    private boolean inBand;
    private boolean settled;
    private int usualUnits = 1;
    private long malformed;

    /** Elements that were read: where the units lie, in bits, and what they are like. */
    private record Elements(StreamMux mux, List<Long> from, List<Integer> bits) {}

    LatmUnits(SoundPacking.Latm packing, Pieces pieces, AccessUnits out) {
        this.pieces = pieces;
        this.out = out;
        this.mux = packing.mux();
        this.guess = StreamMux.simple(packing.guess());
        this.inBand = packing.inBand().orElse(packing.mux().isEmpty());
    }

    @Override
    public long malformed() {
        return malformed;
    }

    @Override
    public void read(byte[] bytes, int offset, int length, int timestamp, boolean marker) {
        if (pieces.isOpen()) {
            if (!pieces.add(bytes, offset, length)) {
                malformed++;
            }
        } else if (take(bytes, offset, length, timestamp)) {
            return;
        } else {
            pieces.begin(timestamp, 0, bytes, offset, length);
        }
        if (marker && pieces.isOpen()) {
            endPieces();
        }
    }

    /** Reads what came in pieces: at the marker or, without any, where the next element begins. */
    @Override
    public void endPieces() {
        boolean surprising = !pieces.isBehindGap();
        int timestamp = pieces.timestamp();
        byte[] whole = pieces.take().orElseThrow();
        if (!take(whole, 0, whole.length, timestamp) && surprising) {
            malformed++;
        }
    }

    /** Passes on the units if the bytes are whole elements. */
    private boolean take(byte[] bytes, int offset, int length, int timestamp) {
        Optional<Elements> read = elements(bytes, offset, length, inBand);
        if (read.isEmpty() && !settled) {
            read = elements(bytes, offset, length, !inBand);
            inBand ^= read.isPresent();
        }
        // The rest of an element whose beginning was lost may look like several by chance: silence is nearly all zeros.
        boolean likely = !pieces.isAfterGap()
                || read.filter(e -> e.from().size() == usualUnits).isPresent();
        if (read.isEmpty() || !likely) {
            return false;
        }
        Elements elements = read.get();
        usualUnits = elements.from().size();
        Optional<StreamMux> now = Optional.of(elements.mux());
        if (!settled || !now.equals(mux)) {
            out.configure(elements.mux().config());
        }
        settled = true;
        mux = now;
        int place = 0;
        for (int i = 0; i < elements.from().size(); i++) {
            long from = elements.from().get(i);
            int bits = elements.bits().get(i);
            if ((from & 7) == 0) {
                place += out.put(bytes, (int) (from >> 3), bits >> 3, timestamp, place);
            } else {
                place += out.put(BitInput.copy(bytes, from, from + bits), 0, bits >> 3, timestamp, place);
            }
        }
        return true;
    }

    /** audioMuxElement (ISO/IEC 14496-3 section 1.7.3.1), as many as there are; empty unless they end where the bytes do. */
    private Optional<Elements> elements(byte[] bytes, int offset, int length, boolean saysMux) {
        BitInput in = new BitInput(bytes, offset, length);
        Optional<StreamMux> current = saysMux ? mux : Optional.of(mux.orElse(guess));
        List<Long> from = new ArrayList<>();
        List<Integer> bits = new ArrayList<>();
        while (in.left() >= 8 && from.size() < MAX_UNITS) {
            if (saysMux && !in.flag()) {
                current = StreamMux.read(in, bytes);
            }
            if (current.isEmpty()) {
                return Optional.empty();
            }
            for (int i = 0; i < current.get().subFrames() && !in.hasFailed(); i++) {
                payload(in, current.get(), from, bits);
            }
            if (from.isEmpty()) {
                // An element without anything is a packet's end that was filled up, but not its beginning.
                return Optional.empty();
            }
            in.skip(current.get().otherBits());
            in.alignTo(0);
            if (in.hasFailed()) {
                return Optional.empty();
            }
        }
        return current.filter(is -> !from.isEmpty()).map(is -> new Elements(is, from, bits));
    }

    /** PayloadLengthInfo and PayloadMux (sections 1.7.3.1 and following), of which the first stream is kept. */
    private static void payload(BitInput in, StreamMux mux, List<Long> from, List<Integer> bits) {
        int[] lengths = new int[mux.streams().size()];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = mux.streams().get(i).fixedBits();
            if (lengths[i] < 0) {
                lengths[i] = 0;
                int part = 255;
                while (part == 255 && !in.hasFailed()) {
                    part = in.bits(8);
                    lengths[i] += 8 * part;
                }
            }
        }
        for (int i = 0; i < lengths.length; i++) {
            if (i == 0 && lengths[i] > 0) {
                from.add(in.position());
                bits.add(lengths[i]);
            }
            in.skip(lengths[i]);
        }
    }
}
