package dev.oriel.egress.passthrough.media;

import dev.oriel.api.media.RtpPacket;
import org.jspecify.annotations.Nullable;

/**
 * The packets one track of a camera sent last, kept once for all who watch it. Confined to one thread.
 *
 * <p>Each packet has a position. Positions only grow and none is given twice, whatever the camera does with its sequence numbers:
 * what is found at a position is the very packet that was put there, or nothing.
 */
public final class SharedPackets {

    /** No position. */
    static final long NONE = -1;

    private static final int MOST = 8192;
    private static final int MAX_GAP = 1000;
    private static final long AGE_NANOS = 1_000_000_000L;

    private final PacketHistory packets = new PacketHistory(MOST);
    private @Nullable RtpPacket newest;
    private long newestPosition = -1;
    private long agedNanos;
    private boolean isTimed;

    /** Where a packet is; it is put there if it is newer than all others. {@link #NONE} if it is not kept. */
    long position(RtpPacket packet) {
        RtpPacket last = newest;
        if (last == packet) {
            return newestPosition;
        }
        int ahead = last == null ? 1 : (short) (packet.sequenceNumber() - last.sequenceNumber());
        if (ahead <= 0 && packets.packet(newestPosition + ahead) == packet) {
            return newestPosition + ahead;
        }
        boolean follows = ahead > 0 && ahead <= MAX_GAP;
        boolean isOfAnotherRun = Math.abs(ahead) > MAX_GAP && last != null && packet.timeNanos() - last.timeNanos() > 0;
        if (!follows && !isOfAnotherRun) {
            return NONE;
        }
        newestPosition += follows ? ahead : 1;
        newest = packet;
        packets.add(newestPosition, 0, packet);
        return newestPosition;
    }

    /** The packet at a position; null if it is not kept any more. */
    @Nullable
    RtpPacket at(long position) {
        return packets.packet(position);
    }

    /** Forgets, at most once a second, what was there already the last time. */
    void age(long nowNanos) {
        if (!isTimed || nowNanos - agedNanos >= AGE_NANOS) {
            isTimed = true;
            agedNanos = nowNanos;
            packets.age();
        }
    }
}
