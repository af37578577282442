package dev.oriel.protocol.sctp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * One packet, read (RFC 9260 section 3).
 *
 * @param tag the verification tag
 * @param chunks those that can be read, up to the first that cannot
 */
record SctpPacket(int sourcePort, int destinationPort, int tag, List<Chunk> chunks) {

    static final int HEADER_BYTES = 12;
    private static final int CHECKSUM_AT = 8;
    private static final int MAX_CHUNKS = 128;
    private static final byte[] ZERO = new byte[4];

    /** Reads a packet; empty if it is too short or its checksum is wrong. */
    static Optional<SctpPacket> read(byte[] bytes, int offset, int length) {
        if (length < HEADER_BYTES + Chunk.HEADER_BYTES) {
            return Optional.empty();
        }
        ByteBuffer packet = ByteBuffer.wrap(bytes, offset, length).slice().asReadOnlyBuffer();
        if (packet.getInt(CHECKSUM_AT) != checksum(bytes, offset, length)) {
            return Optional.empty();
        }
        return Optional.of(new SctpPacket(
                Short.toUnsignedInt(packet.getShort(0)),
                Short.toUnsignedInt(packet.getShort(2)),
                packet.getInt(4),
                chunks(packet)));
    }

    /** CRC32c over the packet with the checksum's own place as zeros, the way it is written there: lowest byte first. */
    static int checksum(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, CHECKSUM_AT);
        crc.update(ZERO);
        crc.update(bytes, offset + HEADER_BYTES, length - HEADER_BYTES);
        return Integer.reverseBytes((int) crc.getValue());
    }

    boolean isBetween(SctpPorts ports) {
        return destinationPort == ports.own() && sourcePort == ports.viewers();
    }

    private static List<Chunk> chunks(ByteBuffer packet) {
        List<Chunk> chunks = new ArrayList<>();
        int at = HEADER_BYTES;
        while (packet.limit() - at >= Chunk.HEADER_BYTES && chunks.size() < MAX_CHUNKS) {
            int length = Short.toUnsignedInt(packet.getShort(at + 2));
            if (length < Chunk.HEADER_BYTES || length > packet.limit() - at) {
                break;
            }
            chunks.add(new Chunk(
                    Byte.toUnsignedInt(packet.get(at)),
                    Byte.toUnsignedInt(packet.get(at + 1)),
                    packet.slice(at + Chunk.HEADER_BYTES, length - Chunk.HEADER_BYTES)));
            at += Parameter.padded(length);
        }
        return chunks;
    }
}
