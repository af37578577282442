package dev.oriel.egress.passthrough.media;

import dev.oriel.api.media.RtpPacket;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The packets sent last, by reference, each with the timestamp it was sent under. It grows with what is sent between two calls
 * of {@link #age}, up to a bound, so that all of a burst can be asked for again, and shrinks afterwards. Confined to one
 * thread.
 */
final class PacketHistory {

    private static final int FIRST_CAPACITY = 64;

    private final int mostPackets;
    private @Nullable RtpPacket[] packets = new RtpPacket[FIRST_CAPACITY];
    private int[] timestamps = new int[FIRST_CAPACITY];
    private long oldest;
    private long newest = -1;
    private long aged = -1;

    /** @param mostPackets a power of two, 64 or more */
    PacketHistory(int mostPackets) {
        this.mostPackets = mostPackets;
    }

    /** Keeps a packet; indexes only grow, and those left out are not kept. */
    void add(long index, int timestamp, RtpPacket packet) {
        if (newest < 0 || index - newest > mostPackets) {
            Arrays.fill(packets, null);
            oldest = index;
            newest = index - 1;
            aged = newest;
        }
        while (index - oldest >= packets.length) {
            if (packets.length < mostPackets) {
                resize(packets.length * 2);
            } else {
                packets[slot(oldest)] = null;
                oldest++;
            }
        }
        packets[slot(index)] = packet;
        timestamps[slot(index)] = timestamp;
        newest = index;
    }

    /** Forgets what was there already when this was called the last time. */
    void age() {
        for (; oldest <= aged; oldest++) {
            packets[slot(oldest)] = null;
        }
        aged = newest;
        int fitting = packets.length;
        while (fitting > FIRST_CAPACITY && newest - oldest < fitting / 4) {
            fitting /= 2;
        }
        if (fitting < packets.length) {
            resize(fitting);
        }
    }

    /** Whether nothing is kept any more. */
    boolean isEmpty() {
        return newest < oldest;
    }

    /** The packet of an index; null if it is not kept. */
    @Nullable
    RtpPacket packet(long index) {
        return index < oldest || index > newest ? null : packets[slot(index)];
    }

    /** The timestamp under which the packet of an index was sent. */
    int timestamp(long index) {
        return timestamps[slot(index)];
    }

    private void resize(int capacity) {
        @Nullable RtpPacket[] fewer = packets;
        int[] before = timestamps;
        packets = new RtpPacket[capacity];
        timestamps = new int[capacity];
        for (long index = oldest; index <= newest; index++) {
            int from = (int) index & fewer.length - 1;
            packets[slot(index)] = fewer[from];
            timestamps[slot(index)] = before[from];
        }
    }

    private int slot(long index) {
        return (int) index & packets.length - 1;
    }
}
