package dev.oriel.protocol.rtp.sound;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Access units out of packets as RFC 3640 section 3.2 has them: a section of headers, an auxiliary section, and the units, or
 * a piece of one. Interleaved units are put into the order of their time.
 *
 * <p>Frames with ADTS headers are taken where units should be, behind headers and in place of all.
 */
final class GenericUnits implements UnitFormat {

    private static final int MAX_UNITS = 512;
    private static final int MAX_WAITING = 256;

    private final SoundPacking.Generic packing;
    private final AccessUnits out;
    private final Pieces pieces;
    private final List<Waiting> waiting = new ArrayList<>();
    private boolean bare;
    private long malformed;

    /** A unit whose turn comes later, as others that go before it are in packets to come. */
    private record Waiting(byte[] bytes, int offset, int length, int timestamp, int place) {}

    /** What the headers say of a unit: its size, -1 if that is not said, and its place behind the first. */
    private record Header(int size, int place) {}

    GenericUnits(SoundPacking.Generic packing, Pieces pieces, AccessUnits out) {
        this.packing = packing;
        this.pieces = pieces;
        this.out = out;
    }

    @Override
    public long malformed() {
        return malformed;
    }

    @Override
    public void read(byte[] bytes, int offset, int length, int timestamp, boolean marker) {
        Optional<AdtsHeader> adts = AdtsHeader.at(bytes, offset, length);
        if (pieces.isOpen() ? bare : adts.isPresent() || !packing.hasHeaders()) {
            if (!pieces.isOpen()) {
                bare = true;
            }
            readBare(
                    bytes,
                    offset,
                    length,
                    timestamp,
                    marker,
                    adts.map(AdtsHeader::frameBytes).orElse(0));
            return;
        }
        bare = false;
        BitInput in = new BitInput(bytes, offset, length);
        int headerBits = in.bits(16);
        long body = in.position() + headerBits + 7 >> 3;
        List<Header> headers = headers(in, headerBits);
        if (in.hasFailed() || headers.isEmpty()) {
            malformed++;
            return;
        }
        BitInput rest = new BitInput(bytes, offset, length);
        rest.skip(8 * (body - offset));
        if (packing.auxiliarySizeBits() > 0) {
            rest.skip(rest.bits(packing.auxiliarySizeBits()));
            rest.alignTo(0);
        }
        int at = (int) (rest.position() >> 3);
        int left = offset + length - at;
        if (rest.hasFailed() || left == 0) {
            malformed++;
        } else if (headers.size() == 1 && (pieces.isOpen() || headers.get(0).size() > left)) {
            readPiece(bytes, at, left, timestamp, marker, headers.get(0).size());
        } else {
            readUnits(headers, bytes, at, left, timestamp);
        }
    }

    private List<Header> headers(BitInput in, int headerBits) {
        List<Header> headers = new ArrayList<>();
        long end = in.position() + headerBits;
        int place = 0;
        while (in.position() < end && !in.hasFailed() && headers.size() < MAX_UNITS) {
            long from = in.position();
            int size = packing.sizeBits() == 0 ? -1 : in.bits(packing.sizeBits());
            if (headers.isEmpty()) {
                in.skip(packing.indexBits());
            } else {
                int delta = in.bits(packing.indexDeltaBits());
                place += 1 + Math.min(Math.max(delta, 0), MAX_UNITS);
            }
            in.skip(packing.ctsDeltaBits() > 0 && in.flag() ? packing.ctsDeltaBits() : 0);
            in.skip(packing.dtsDeltaBits() > 0 && in.flag() ? packing.dtsDeltaBits() : 0);
            in.skip(packing.extraBits());
            if (in.position() == from || in.position() > end) {
                // Headers that end in the middle of one: some cameras give their length in other ways than in bits.
                break;
            }
            headers.add(new Header(size < 0 && packing.sizeBits() > 0 ? Integer.MAX_VALUE : size, place));
        }
        return headers;
    }

    private void readUnits(List<Header> headers, byte[] bytes, int offset, int length, int timestamp) {
        boolean interleaved = headers.get(headers.size() - 1).place() >= headers.size();
        release(timestamp);
        int at = offset;
        int end = offset + length;
        int more = 0;
        for (Header header : headers) {
            int size = header.size() < 0 ? unsaidSize(headers.size(), end - at) : header.size();
            if (size > end - at) {
                malformed++;
                return;
            }
            if (interleaved || !waiting.isEmpty()) {
                hold(new Waiting(bytes, at, size, timestamp, header.place()));
            } else {
                // One unit may turn out to be several frames of ADTS.
                more += Math.max(out.put(bytes, at, size, timestamp, header.place() + more) - 1, 0);
            }
            at += size;
        }
    }

    private int unsaidSize(int units, int left) {
        return packing.constantSize() > 0 && units > 1 ? packing.constantSize() : left;
    }

    private void readBare(byte[] bytes, int offset, int length, int timestamp, boolean marker, int frameBytes) {
        if (pieces.isOpen() || frameBytes > length) {
            readPiece(bytes, offset, length, timestamp, marker, frameBytes);
        } else if (frameBytes > 0 || marker && packing.constantSize() == 0) {
            out.put(bytes, offset, length, timestamp, 0);
        } else if (packing.constantSize() > 0 && length % packing.constantSize() == 0) {
            for (int at = 0; at < length; at += packing.constantSize()) {
                out.put(bytes, offset + at, packing.constantSize(), timestamp, at / packing.constantSize());
            }
        } else {
            readPiece(bytes, offset, length, timestamp, marker, packing.constantSize());
        }
    }

    /** @param wanted how many bytes the whole unit has; 0 or less if the marker says where it ends */
    private void readPiece(byte[] bytes, int offset, int length, int timestamp, boolean marker, int wanted) {
        if (!pieces.isOpen()) {
            release(timestamp);
            pieces.begin(timestamp, Math.max(wanted, 0), bytes, offset, length);
        } else if (!pieces.add(bytes, offset, length)) {
            malformed++;
        }
        if (pieces.isComplete() || marker) {
            endPieces();
        }
    }

    /** Passes on the unit that came in pieces, if it is whole. */
    @Override
    public void endPieces() {
        boolean whole = pieces.wanted() == 0 || pieces.isComplete();
        boolean expected = !pieces.isBehindGap();
        int timestamp = pieces.timestamp();
        Optional<byte[]> unit = pieces.take();
        if (unit.isPresent() && whole) {
            out.put(unit.get(), 0, unit.get().length, timestamp, 0);
        } else if (unit.isPresent()) {
            // The rest of a unit whose beginning was lost is no surprise.
            malformed += expected ? 1 : 0;
            out.gap();
        }
    }

    private void hold(Waiting unit) {
        int at = waiting.size();
        while (at > 0 && date(waiting.get(at - 1)) - date(unit) > 0) {
            at--;
        }
        waiting.add(at, unit);
        if (waiting.size() > MAX_WAITING) {
            pass(waiting.remove(0));
        }
    }

    /** Passes on what waits and is older than a packet: packets come in the order of their first units. */
    private void release(int timestamp) {
        while (!waiting.isEmpty() && date(waiting.get(0)) - timestamp < 0) {
            pass(waiting.remove(0));
        }
    }

    private int date(Waiting unit) {
        return out.dated(unit.timestamp(), unit.place());
    }

    private void pass(Waiting unit) {
        out.put(unit.bytes(), unit.offset(), unit.length(), unit.timestamp(), unit.place());
    }
}
