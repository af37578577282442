package dev.oriel.protocol.rtp.sound;

import dev.oriel.api.media.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A StreamMuxConfig of LATM (ISO/IEC 14496-3 section 1.7.3): how access units lie in the elements of a multiplex. Of several programs
 * and layers the first counts; the others are passed over.
 *
 * @param subFrames how many access units of each stream an element holds, 1 to 64
 * @param streams how the length of each stream's units is told, in the order of the elements
 * @param otherBits how many bits of other data end an element
 * @param config of the first stream
 */
record StreamMux(int subFrames, List<Slot> streams, long otherBits, AudioConfig config) {

    private static final long MAX_OTHER_BITS = 1 << 20;

    /**
     * The units of one stream.
     *
     * @param fixedBits how long each is; -1 where its length stands in the element
     */
    record Slot(int fixedBits) {}

    StreamMux {
        streams = List.copyOf(streams);
    }

    /** Reads one, as the {@code config} of a description has it; empty if it is none, or of a kind that is not known here. */
    static Optional<StreamMux> parse(Bytes bytes) {
        // GStreamer ends it behind the first AudioSpecificConfig; the rest as zeros is what it means.
        byte[] array = Arrays.copyOf(bytes.toArray(), bytes.length() + 2);
        return read(new BitInput(array, 0, array.length), array);
    }

    /** One stream, one unit in each element: what nearly every camera sends. */
    static StreamMux simple(AudioConfig config) {
        return new StreamMux(1, List.of(new Slot(-1)), 0, config);
    }

    /** Reads one out of an element; the input is behind it then. */
    static Optional<StreamMux> read(BitInput in, byte[] array) {
        boolean newer = in.flag();
        if (newer && in.flag()) {
            return Optional.empty();
        }
        if (newer) {
            value(in);
        }
        boolean sameTime = in.flag();
        int subFrames = in.bits(6) + 1;
        int programs = in.bits(4) + 1;
        if (!sameTime) {
            // Chunks of several streams, each with times of its own: nobody has seen them in RTP.
            return Optional.empty();
        }
        List<Slot> streams = new ArrayList<>();
        Optional<AudioConfig> first = Optional.empty();
        for (int program = 0; program < programs; program++) {
            int layers = in.bits(3) + 1;
            for (int layer = 0; layer < layers; layer++) {
                boolean own = streams.isEmpty() || !in.flag();
                Optional<AudioConfig> config = own ? config(in, array, newer) : first;
                Optional<Slot> slot = slot(in);
                if (config.isEmpty() || slot.isEmpty() || in.hasFailed()) {
                    return Optional.empty();
                }
                first = first.isPresent() ? first : config;
                streams.add(slot.get());
            }
        }
        long other = in.flag() ? otherBits(in, newer) : 0;
        in.skip(in.flag() ? 8 : 0);
        boolean sound = !in.hasFailed() && other <= MAX_OTHER_BITS;
        return sound ? first.map(config -> new StreamMux(subFrames, streams, other, config)) : Optional.empty();
    }

    private static Optional<AudioConfig> config(BitInput in, byte[] array, boolean newer) {
        if (!newer) {
            return AudioConfig.read(in, array);
        }
        long bits = value(in);
        if (bits > in.left()) {
            return Optional.empty();
        }
        long from = in.position();
        in.skip(bits);
        return AudioConfig.parse(Bytes.copyOf(BitInput.copy(array, from, from + bits)));
    }

    /** How the length of a stream's units is told; empty for the tables of speech codecs. */
    private static Optional<Slot> slot(BitInput in) {
        return switch (in.bits(3)) {
            case 0 -> {
                in.skip(8);
                yield Optional.of(new Slot(-1));
            }
            case 1 -> Optional.of(new Slot(8 * (in.bits(9) + 20)));
            default -> Optional.empty();
        };
    }

    private static long otherBits(BitInput in, boolean newer) {
        if (newer) {
            return value(in);
        }
        long bits = 0;
        boolean more = true;
        while (more && !in.hasFailed() && bits <= MAX_OTHER_BITS) {
            more = in.flag();
            bits = bits << 8 | in.bits(8);
        }
        return bits;
    }

    /** LatmGetValue: two bits for the number of bytes less one, then the bytes. */
    private static long value(BitInput in) {
        int bytes = in.bits(2) + 1;
        return in.bits(8 * bytes) & 0xffff_ffffL;
    }
}
