package dev.oriel.protocol.rtp.sound;

/** A payload format of access units: what stands in a packet, and what pieces of one make. Confined to one thread. */
interface UnitFormat {

    /** Takes the payload of a packet; it belongs to the open pieces, if there are any. */
    void read(byte[] bytes, int offset, int length, int timestamp, boolean marker);

    /** No more pieces will come of those that are open. */
    void endPieces();

    /** How many packets, or units in them, made no sense. */
    long malformed();
}
