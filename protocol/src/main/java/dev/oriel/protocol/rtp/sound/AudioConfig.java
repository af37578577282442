package dev.oriel.protocol.rtp.sound;

import dev.oriel.api.media.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * An AudioSpecificConfig of one of the kinds of AAC (ISO/IEC 14496-3 section 1.6.2.1): what a decoder must know before the
 * first access unit.
 *
 * @param objectType of the access units, e.g. 2 for AAC-LC; where they carry SBR, of what lies beneath it
 * @param sampleRateHz of the access units, above 0; where they carry SBR, half of what is heard
 * @param heardRateHz after SBR as far as the config signals it, else the same
 * @param channelConfiguration 0 to 15; 0 where the channels are listed one by one
 * @param channels 1 or more
 * @param frameSamples how many samples an access unit holds at {@code sampleRateHz}
 * @param bytes as the camera wrote it
 */
public record AudioConfig(
        int objectType,
        int sampleRateHz,
        int heardRateHz,
        int channelConfiguration,
        int channels,
        int frameSamples,
        Bytes bytes) {

    static final int AAC_LC = 2;

    private static final int SBR = 5;
    private static final int ERROR_RESILIENT_BSAC = 22;
    private static final int LOW_DELAY = 23;
    private static final int PARAMETRIC_STEREO = 29;
    private static final int ENHANCED_LOW_DELAY = 39;
    private static final int UNIFIED_SPEECH_AND_AUDIO = 42;
    private static final int SBR_SYNC = 0x2b7;
    private static final int STEREO_SYNC = 0x548;
    private static final int HIGHEST_RATE = 200_000;

    private static final List<Integer> RATES =
            List.of(96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350);
    private static final List<Integer> CHANNELS = List.of(1, 1, 2, 3, 4, 5, 6, 8, 1, 1, 1, 7, 8, 24, 8, 1);

    /** Reads one; empty if it is none, or for something that is not AAC. */
    public static Optional<AudioConfig> parse(Bytes bytes) {
        byte[] array = bytes.toArray();
        BitInput in = new BitInput(array, 0, array.length);
        return new Reader(in).read(true).map(config -> config.with(bytes));
    }

    /** The one that says no more than this, for cameras that send none; the channels are 1 to 8. */
    public static AudioConfig of(int objectType, int sampleRateHz, int channels) {
        int rate = Math.min(Math.max(sampleRateHz, 1), HIGHEST_RATE);
        int index = RATES.indexOf(rate);
        int layout = channels >= 8 ? 7 : Math.max(Math.min(channels, 6), 1);
        long bits = objectType & 0x1f;
        bits = index >= 0 ? bits << 4 | index : bits << 28 | 0xf00_0000 | rate;
        // No shorter frames, no core coder, no extension: three bits 0.
        bits = (bits << 4 | layout) << 3;
        byte[] bytes = new byte[index >= 0 ? 2 : 5];
        for (int i = bytes.length - 1; i >= 0; i--, bits >>>= 8) {
            bytes[i] = (byte) bits;
        }
        return new AudioConfig(objectType, rate, rate, layout, CHANNELS.get(layout), 1024, Bytes.copyOf(bytes));
    }

    /** The sampling rate that an index stands for; 0 if it stands for none (ISO/IEC 14496-3 table 1.18). */
    static int rate(int index) {
        return index < RATES.size() ? RATES.get(index) : 0;
    }

    /**
     * Reads one out of something larger, whose end it does not know; the input is behind it then. Empty if it is none, or one
     * whose end cannot be found.
     */
    static Optional<AudioConfig> read(BitInput in, byte[] array) {
        long from = in.position();
        return new Reader(in)
                .read(false)
                .filter(config ->
                        config.objectType != ENHANCED_LOW_DELAY && config.objectType != UNIFIED_SPEECH_AND_AUDIO)
                .map(config -> config.with(Bytes.copyOf(BitInput.copy(array, from, in.position()))));
    }

    private AudioConfig with(Bytes other) {
        return new AudioConfig(
                objectType, sampleRateHz, heardRateHz, channelConfiguration, channels, frameSamples, other);
    }

    /** The reading of one config. */
    private static final class Reader {
        private final BitInput in;
        private final long start;
        private int objectType;
        private int rate;
        private int heard;
        private boolean parametricStereo;
        private int layout;
        private int channels;
        private int frameSamples;

        Reader(BitInput in) {
            this.in = in;
            this.start = in.position();
        }

        /** @param alone whether nothing follows, so that the extensions at the end can be told from it */
        Optional<AudioConfig> read(boolean alone) {
            objectType = readObjectType();
            rate = readRate();
            heard = rate;
            layout = in.bits(4);
            channels = CHANNELS.get(layout);
            boolean saidFirst = objectType == SBR || objectType == PARAMETRIC_STEREO;
            if (saidFirst) {
                parametricStereo = objectType == PARAMETRIC_STEREO;
                heard = readRate();
                objectType = readObjectType();
                in.skip(objectType == ERROR_RESILIENT_BSAC ? 4 : 0);
            }
            boolean known = readSpecifics();
            if (!known || in.hasFailed() || rate <= 0 || heard <= 0) {
                return Optional.empty();
            }
            if (alone && !saidFirst && hasEnd()) {
                readExtensions();
            }
            int heardChannels = parametricStereo && channels == 1 ? 2 : channels;
            return Optional.of(new AudioConfig(
                    objectType, rate, heard, layout, heardChannels, frameSamples, Bytes.copyOf(new byte[0])));
        }

        private boolean hasEnd() {
            return objectType != ENHANCED_LOW_DELAY && objectType != UNIFIED_SPEECH_AND_AUDIO;
        }

        private int readObjectType() {
            int type = in.bits(5);
            return type == 31 ? 32 + in.bits(6) : type;
        }

        private int readRate() {
            int index = in.bits(4);
            int hertz = index == 15 ? in.bits(24) : rate(index);
            return hertz <= HIGHEST_RATE ? hertz : 0;
        }

        /** What each kind of AAC has of its own; false if it is no AAC. */
        private boolean readSpecifics() {
            switch (objectType) {
                case 1, 2, 3, 4, 6, 7, 17, 19, 20, 21, ERROR_RESILIENT_BSAC, LOW_DELAY -> readGeneral();
                case ENHANCED_LOW_DELAY -> frameSamples = in.flag() ? 480 : 512;
                case UNIFIED_SPEECH_AND_AUDIO -> frameSamples = 1024;
                default -> {
                    return false;
                }
            }
            boolean resilient = objectType == 17 || objectType >= 19 && objectType <= LOW_DELAY;
            // With error protection of its own a config goes on for long, and nobody has seen one.
            return !resilient || in.bits(2) < 2;
        }

        /** GASpecificConfig (section 4.4.1). */
        private void readGeneral() {
            boolean shorter = in.flag();
            if (objectType == LOW_DELAY) {
                frameSamples = shorter ? 480 : 512;
            } else {
                frameSamples = shorter ? 960 : 1024;
            }
            in.skip(in.flag() ? 14 : 0);
            boolean extended = in.flag();
            if (layout == 0) {
                channels = readChannelList();
            }
            in.skip(objectType == 6 || objectType == 20 ? 3 : 0);
            if (extended) {
                in.skip(objectType == ERROR_RESILIENT_BSAC ? 16 : 0);
                in.skip(objectType == 17 || objectType == 19 || objectType == 20 || objectType == LOW_DELAY ? 3 : 0);
                in.skip(1);
            }
        }

        /** program_config_element (section 4.4.1.1): how many channels it lists, at least 1. */
        private int readChannelList() {
            in.skip(4 + 2 + 4);
            int speakers = in.bits(4) + in.bits(4) + in.bits(4);
            int bass = in.bits(2);
            int data = in.bits(3);
            int coupled = in.bits(4);
            in.skip(in.flag() ? 4 : 0);
            in.skip(in.flag() ? 4 : 0);
            in.skip(in.flag() ? 3 : 0);
            int count = bass;
            for (int i = 0; i < speakers; i++) {
                count += in.flag() ? 2 : 1;
                in.skip(4);
            }
            in.skip(4L * bass + 4L * data + 5L * coupled);
            in.alignTo(start);
            in.skip(8L * in.bits(8));
            return Math.max(count, 1);
        }

        /** What was appended so that older decoders do not see it: SBR and parametric stereo. */
        private void readExtensions() {
            if (in.left() < 16 || in.bits(11) != SBR_SYNC || readObjectType() != SBR || !in.flag()) {
                return;
            }
            int told = readRate();
            heard = told > 0 ? told : heard;
            if (in.left() >= 12 && in.bits(11) == STEREO_SYNC) {
                parametricStereo = in.flag();
            }
        }
    }
}
