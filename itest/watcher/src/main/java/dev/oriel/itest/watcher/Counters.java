package dev.oriel.itest.watcher;

/** What has come of the camera watched now. */
public interface Counters {

    /** RTP packets. */
    long getPackets();

    /** Packets among them with which a decoder can start. */
    long getKeyframes();

    /** How often the tracks were told. */
    long getDescriptions();
}
