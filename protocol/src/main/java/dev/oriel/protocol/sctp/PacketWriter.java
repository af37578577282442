package dev.oriel.protocol.sctp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A packet in the making: chunks, then {@link #finish}. */
final class PacketWriter {

    /** What fits into a datagram of 1200 bytes together with what DTLS adds. */
    static final int MAX_BYTES = 1130;

    private final List<byte[]> chunks = new ArrayList<>();
    private int size = SctpPacket.HEADER_BYTES;

    /** Adds a chunk if there is room for it; whether there was. */
    boolean add(int type, int flags, byte[] value) {
        int length = Chunk.HEADER_BYTES + value.length;
        if (size + Parameter.padded(length) > MAX_BYTES) {
            return false;
        }
        chunks.add(ByteBuffer.allocate(Parameter.padded(length))
                .put((byte) type)
                .put((byte) flags)
                .putShort((short) length)
                .put(value)
                .array());
        size += Parameter.padded(length);
        return true;
    }

    boolean isEmpty() {
        return chunks.isEmpty();
    }

    byte[] finish(SctpPorts ports, int tag) {
        ByteBuffer packet = ByteBuffer.allocate(size)
                .putShort((short) ports.own())
                .putShort((short) ports.viewers())
                .putInt(tag)
                .putInt(0);
        chunks.forEach(packet::put);
        packet.putInt(8, SctpPacket.checksum(packet.array(), 0, size));
        return packet.array();
    }
}
