package dev.oriel.egress.passthrough.media;

import dev.oriel.api.media.RtpPacket;
import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The packets sent last, by reference, with what is the viewer's own about them. Confined to one thread. */
final class PacketHistory {

    private final @Nullable RtpPacket[] packets;
    private final int[] timestamps;
    private long newest = -1;

    /** @param capacity a power of two */
    PacketHistory(int capacity) {
        packets = new RtpPacket[capacity];
        timestamps = new int[capacity];
    }

    /** Keeps a packet; indexes only grow, and those left out are not kept. */
    void add(long index, int timestamp, RtpPacket packet) {
        if (newest >= 0 && index - newest > packets.length) {
            Arrays.fill(packets, null);
        } else if (newest >= 0) {
            for (long missing = newest + 1; missing < index; missing++) {
                packets[slot(missing)] = null;
            }
        }
        packets[slot(index)] = packet;
        timestamps[slot(index)] = timestamp;
        newest = index;
    }

    /** The index a sequence number asked for stands for; absent if it is not kept. */
    OptionalLong find(int sequenceNumber) {
        long back = (int) newest - sequenceNumber & 0xffff;
        long index = newest - back;
        return index < 0 || back >= packets.length || packets[slot(index)] == null
                ? OptionalLong.empty()
                : OptionalLong.of(index);
    }

    /** The packet of an index that was found. */
    @Nullable
    RtpPacket packet(long index) {
        return packets[slot(index)];
    }

    /** The timestamp under which the packet of an index was sent. */
    int timestamp(long index) {
        return timestamps[slot(index)];
    }

    private int slot(long index) {
        return (int) index & packets.length - 1;
    }
}
