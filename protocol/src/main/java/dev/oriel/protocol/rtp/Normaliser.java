package dev.oriel.protocol.rtp;

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
}
