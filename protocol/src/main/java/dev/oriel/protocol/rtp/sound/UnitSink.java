package dev.oriel.protocol.rtp.sound;

/** Whoever takes the access units of a track. */
public interface UnitSink {

    /**
     * One access unit; the bytes are never changed again.
     *
     * @param timestamp in ticks of the clock told last
     */
    void unit(byte[] bytes, int offset, int length, int timestamp);

    /** The units are of another kind from here on, or their timestamps count otherwise, than what was told or described before. */
    void changed(AudioConfig config, int clockRateHz);
}
