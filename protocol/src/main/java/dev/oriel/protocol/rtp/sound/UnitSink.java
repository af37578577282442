package dev.oriel.protocol.rtp.sound;

/** Whoever takes the sound of a track, in access units or in runs of samples. */
public interface UnitSink {

    /**
     * One unit; the bytes are never changed again.
     *
     * @param timestamp in ticks of the clock told last
     * @param marker whether its last packet has the marker: each access unit, and samples after a pause
     */
    void unit(byte[] bytes, int offset, int length, int timestamp, boolean marker);

    /** Access units are of another kind from here on, or their timestamps count otherwise, than what was told or described before. */
    void changed(AudioConfig config, int clockRateHz);
}
