package dev.oriel.api.media;

import java.util.HexFormat;
import java.util.List;

/** The format of a track, as its RTP payload format defines it. Immutable. */
public sealed interface Codec {

    /** The encoding name as IANA registers it for RTP, e.g. {@code H264}. */
    String encodingName();

    /**
     * H.264 (RFC 6184), packetization mode 1 towards sinks.
     *
     * @param parameterSets sequence and picture parameter sets as NAL units without start codes, in the order in which they
     *     go before a keyframe; empty until the camera has told them
     */
    record H264(List<Bytes> parameterSets) implements Codec {
        public H264 {
            parameterSets = List.copyOf(parameterSets);
        }

        @Override
        public String encodingName() {
            return "H264";
        }

        /**
         * The six hexadecimal digits of {@code profile-level-id} (RFC 6184 section 8.1), read from the first sequence
         * parameter set; {@code 42e01f} while none is known.
         */
        public String profileLevelId() {
            for (Bytes nal : parameterSets) {
                if (nal.length() >= 4 && (nal.at(0) & 0x1f) == 7) {
                    return HexFormat.of().formatHex(nal.toArray(), 1, 4);
                }
            }
            return "42e01f";
        }
    }

    /**
     * H.265 (RFC 7798).
     *
     * @param parameterSets video, sequence and picture parameter sets as NAL units without start codes
     */
    record H265(List<Bytes> parameterSets) implements Codec {
        public H265 {
            parameterSets = List.copyOf(parameterSets);
        }

        @Override
        public String encodingName() {
            return "H265";
        }
    }

    /** G.711 A-law (RFC 3551 section 4.5.14). */
    record Pcma() implements Codec {
        @Override
        public String encodingName() {
            return "PCMA";
        }
    }

    /** G.711 mu-law (RFC 3551 section 4.5.14). */
    record Pcmu() implements Codec {
        @Override
        public String encodingName() {
            return "PCMU";
        }
    }

    /** Opus (RFC 7587). */
    record Opus() implements Codec {
        @Override
        public String encodingName() {
            return "opus";
        }
    }

    /** G.722 (RFC 3551 section 4.5.2): 16,000 samples a second, on a clock that by an old mistake counts 8000. */
    record G722() implements Codec {
        @Override
        public String encodingName() {
            return "G722";
        }
    }

    /** Sixteen bits a sample, signed, high byte first, channels interleaved (RFC 3551 section 4.5.11). */
    record L16() implements Codec {
        @Override
        public String encodingName() {
            return "L16";
        }
    }

    /**
     * G.726 (RFC 3551 section 4.5.4).
     *
     * @param bitsPerSample 2 to 5, for 16 to 40 kbit/s
     * @param packing which end of a byte holds the sample that comes first
     */
    record G726(int bitsPerSample, Packing packing) implements Codec {
        /** The order of samples in a byte. */
        public enum Packing {
            /** Low bits first, as RFC 3551 has it. */
            LOW_FIRST,
            /** High bits first, as ITU-T I.366.2 has it for AAL2. */
            HIGH_FIRST
        }

        @Override
        public String encodingName() {
            return (packing == Packing.HIGH_FIRST ? "AAL2-G726-" : "G726-") + bitsPerSample * 8;
        }
    }

    /**
     * AAC as access units, whatever payload format the camera wrapped them in (RFC 3640, RFC 6416, ADTS): an access unit is
     * the payloads of one timestamp put together, the last of which has the marker. The timestamp counts the track's clock,
     * which as a rule is the rate of the samples; the rate itself stands in the config.
     *
     * @param config the AudioSpecificConfig (ISO/IEC 14496-3); made of what else is known where the camera tells none; empty
     *     where it comes with the media and has not come yet
     */
    record Aac(Bytes config) implements Codec {
        @Override
        public String encodingName() {
            return "MPEG4-GENERIC";
        }
    }

    /**
     * JPEG (RFC 2435), as whole pictures: a file from SOI to EOI, tables included, is the payloads of one timestamp put
     * together, the last of which has the marker. Every picture starts a keyframe.
     */
    record Jpeg() implements Codec {
        @Override
        public String encodingName() {
            return "JPEG";
        }
    }

    /**
     * A format that is named and counted but not forwarded.
     *
     * @param encodingName as the camera writes it
     */
    record Other(String encodingName) implements Codec {}
}
