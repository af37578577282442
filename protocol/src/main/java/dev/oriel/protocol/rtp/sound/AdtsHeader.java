package dev.oriel.protocol.rtp.sound;

import java.util.Optional;

/**
 * The header of one frame of an audio data transport stream (ISO/IEC 14496-3 section 1.A.2.2), which some cameras leave in front of
 * what they put into RTP.
 *
 * <pre>
 * 12 bits: all 1 | 1: MPEG-2 | 2: layer, 0 | 1: no CRC | 2: object type - 1 | 4: sampling rate index | 1 | 3: channels
 * 4 | 13: length with the header | 11: fullness | 2: number of raw data blocks - 1 | where there is a CRC, 16
 * </pre>
 *
 * @param objectType 1 to 4
 * @param sampleRateHz above 0
 * @param channelConfiguration 0 to 7; 0 where the channels are listed in the frame
 * @param headerBytes 7 or 9
 * @param frameBytes with the header
 * @param blocks 1 to 4; only of 1 it is known where it ends
 */
record AdtsHeader(
        int objectType, int sampleRateHz, int channelConfiguration, int headerBytes, int frameBytes, int blocks) {

    private static final int BYTES = 7;

    /** Reads a header; empty if there is none. An access unit alone never begins like one. */
    static Optional<AdtsHeader> at(byte[] bytes, int offset, int length) {
        if (length < BYTES || bytes[offset] != (byte) 0xff || (bytes[offset + 1] & 0xf6) != 0xf0) {
            return Optional.empty();
        }
        BitInput in = new BitInput(bytes, offset, length);
        in.skip(15);
        int headerBytes = in.flag() ? BYTES : BYTES + 2;
        int objectType = in.bits(2) + 1;
        int rate = AudioConfig.rate(in.bits(4));
        in.skip(1);
        int channels = in.bits(3);
        in.skip(4);
        int frameBytes = in.bits(13);
        in.skip(11);
        int blocks = in.bits(2) + 1;
        return rate == 0 || frameBytes < headerBytes
                ? Optional.empty()
                : Optional.of(new AdtsHeader(objectType, rate, channels, headerBytes, frameBytes, blocks));
    }
}
