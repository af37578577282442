package dev.oriel.core.hub;

import dev.oriel.api.media.RtpPacket;
import java.util.ArrayList;
import java.util.List;

/**
 * The running group of pictures of one video track: every packet from the last keyframe on.
 *
 * <p>A group that outgrows the bounds is let go whole, since half of one is of no use; the next keyframe begins a new one.
 * Confined to one thread at a time by its owner.
 */
final class GroupOfPictures {

    static final int MAX_BYTES = 12 * 1024 * 1024;
    static final int MAX_PACKETS = 20_000;

    private final List<RtpPacket> packets = new ArrayList<>();
    private int bytes;

    /** Takes the next packet of the track. */
    void add(RtpPacket packet) {
        if (packet.startsKeyframe() && !isOfFirstPicture(packet)) {
            clear();
        } else if (packets.isEmpty()) {
            return;
        }
        if (packets.size() >= MAX_PACKETS || bytes + packet.payloadLength() > MAX_BYTES) {
            clear();
            return;
        }
        packets.add(packet);
        bytes += packet.payloadLength();
    }

    /** Forgets the group, so that only the next keyframe begins one. */
    void clear() {
        packets.clear();
        bytes = 0;
    }

    /** The packets by now, oldest first; valid until the next change. */
    List<RtpPacket> packets() {
        return packets;
    }

    /** The number of packets by now. */
    int size() {
        return packets.size();
    }

    /** Some engines mark the parameter sets as well as the picture behind them: that is still one keyframe. */
    private boolean isOfFirstPicture(RtpPacket packet) {
        return !packets.isEmpty() && packets.get(0).timestamp() == packet.timestamp();
    }
}
