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

    /**
     * A format that is named and counted but not forwarded.
     *
     * @param encodingName as the camera writes it
     */
    record Other(String encodingName) implements Codec {}
}
