package dev.oriel.protocol.rtp.sound;

/** Takes packets of access units in any format: sees to pieces that end, and to those that a loss has made useless. */
final class UnitPackets implements UnitReader {

    private final UnitFormat format;
    private final Pieces pieces;
    private final AccessUnits out;

    /** @param pieces those of the format */
    UnitPackets(UnitFormat format, Pieces pieces, AccessUnits out) {
        this.format = format;
        this.pieces = pieces;
        this.out = out;
    }

    @Override
    public void gap() {
        pieces.gap();
        out.gap();
    }

    @Override
    public long malformed() {
        return format.malformed() + out.malformed();
    }

    @Override
    public void packet(byte[] bytes, int offset, int length, int timestamp, boolean marker) {
        if (pieces.isOpen() && pieces.timestamp() != timestamp) {
            format.endPieces();
        }
        if (!pieces.isDead(timestamp)) {
            format.read(bytes, offset, length, timestamp, marker);
        }
        pieces.packetTaken();
    }
}
