package dev.oriel.protocol.rtp.sound;

import java.util.Optional;

/** How a camera puts the sound of a track into RTP packets. */
public sealed interface SoundPacking {

    /** Each packet is a whole of its own, as Opus has it. */
    record Whole() implements SoundPacking {}

    /**
     * Samples in a row, which may be cut.
     *
     * @param unitBytes the fewest bytes that hold whole samples of all channels
     * @param unitTicks how far these go on in the timestamp
     * @param lowByteFirst whether samples are of two bytes whose order must be turned
     */
    record Samples(int unitBytes, int unitTicks, boolean lowByteFirst) implements SoundPacking {}

    /**
     * Access units behind a section of headers (RFC 3640 section 3.2). Where all lengths are 0 there is no such section.
     *
     * @param sizeBits of the size of each unit
     * @param indexBits of the number of the first unit
     * @param indexDeltaBits of what the number of each further unit is ahead of the next
     * @param ctsDeltaBits of the difference of each unit's time of composition, behind a flag
     * @param dtsDeltaBits of the difference of each unit's time of decoding, behind a flag
     * @param extraBits of the flag for random access and the state of the stream
     * @param auxiliarySizeBits of the size of the section that follows; 0 if there is none
     * @param constantSize bytes of every unit, where they are not told; 0 if that is not known
     * @param config as described, or made of the rest of the description
     */
    record Generic(
            int sizeBits,
            int indexBits,
            int indexDeltaBits,
            int ctsDeltaBits,
            int dtsDeltaBits,
            int extraBits,
            int auxiliarySizeBits,
            int constantSize,
            AudioConfig config)
            implements SoundPacking {

        boolean hasHeaders() {
            return sizeBits + indexBits + indexDeltaBits + ctsDeltaBits + dtsDeltaBits + extraBits > 0;
        }
    }

    /**
     * Elements of a LATM multiplex (RFC 6416 section 6).
     *
     * @param inBand whether elements say themselves what the multiplex is like; absent if the camera has not said so
     * @param mux as described; absent if it is not
     * @param guess what the access units are like if nothing says it
     */
    record Latm(Optional<Boolean> inBand, Optional<StreamMux> mux, AudioConfig guess) implements SoundPacking {}
}
