package dev.oriel.protocol.rtp;

import java.util.List;

/** What turns a camera's packets of one track into those that sinks are promised. Confined to one thread. */
interface Normaliser {

    /**
     * Takes a packet.
     *
     * @param arrival how its number stands to those before; never {@code OLD}
     * @param timeNanos when its media was captured
     */
    void receive(RtpView packet, SequenceTracker.Arrival arrival, long timeNanos);

    /** How many packets, or NAL units in them, made no sense. */
    long malformed();

    /** Whether parts of it came in another order than they have to be decoded in, which is not undone. */
    default boolean isOutOfOrder() {
        return false;
    }

    /** What people should know of it, a sentence each. */
    default List<String> remarks() {
        return List.of();
    }
}
