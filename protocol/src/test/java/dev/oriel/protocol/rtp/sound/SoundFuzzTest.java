package dev.oriel.protocol.rtp.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.oriel.api.media.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** What any descriptions and packets do to the readers of sound: nothing comes out that did not come in. */
class SoundFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void config(byte[] bytes) {
        Bytes all = Bytes.copyOf(bytes);
        AudioConfig.parse(all).ifPresent(SoundFuzzTest::check);
        StreamMux.parse(all).ifPresent(mux -> {
            check(mux.config());
            assertEquals(
                    Optional.of(mux.config()), AudioConfig.parse(mux.config().bytes()), "cut out where it ends");
        });
        AdtsHeader.at(bytes, 0, bytes.length).ifPresent(header -> {
            assertTrue(header.frameBytes() >= header.headerBytes() && header.sampleRateHz() > 0);
        });
    }

    /** The input is a line of parameters, and then packets as {@link #feed} has them. */
    @FuzzTest(maxDuration = "1m")
    void generic(byte[] bytes) {
        feed("MPEG4-GENERIC", bytes);
    }

    @FuzzTest(maxDuration = "1m")
    void latm(byte[] bytes) {
        feed("MP4A-LATM", bytes);
    }

    private static void check(AudioConfig config) {
        assertTrue(config.sampleRateHz() > 0 && config.heardRateHz() > 0);
        assertTrue(config.channels() > 0 && config.frameSamples() > 0);
        AudioConfig least = AudioConfig.of(Math.min(config.objectType(), 30), config.sampleRateHz(), config.channels());
        assertEquals(config.sampleRateHz(), least.sampleRateHz());
        AudioConfig.parse(least.bytes()).ifPresent(again -> assertEquals(least, again));
    }

    /** Each packet has two bytes in front: its length; the marker, a gap before it, and how the time goes on. */
    private static void feed(String name, byte[] bytes) {
        int line = 0;
        while (line < bytes.length && bytes[line] != '\n') {
            line++;
        }
        String parameters = new String(bytes, 0, line, StandardCharsets.ISO_8859_1);
        Counter counter = new Counter();
        SoundFormat.of(name, 16_000, 1, parameters).ifPresent(format -> {
            assertTrue(format.clockRateHz() > 0 && format.channels() > 0);
            counter.reader = Optional.of(UnitReader.of(format.packing(), 1200, format.clockRateHz(), counter));
        });
        int at = line + 1;
        int timestamp = 0;
        while (at + 2 <= bytes.length && counter.reader.isPresent()) {
            int length = Math.min(bytes[at] & 0xff, bytes.length - at - 2);
            int how = bytes[at + 1];
            timestamp += (how & 0x3f) * 256;
            if ((how & 0x40) != 0) {
                counter.reader.get().gap();
            }
            byte[] payload = Arrays.copyOfRange(bytes, at + 2, at + 2 + length);
            counter.left += length;
            counter.reader.get().packet(payload, 0, length, timestamp, (how & 0x80) != 0);
            at += 2 + length;
        }
    }

    private static final class Counter implements UnitSink {
        private Optional<UnitReader> reader = Optional.empty();
        private int left;

        @Override
        public void unit(byte[] bytes, int offset, int length, int timestamp, boolean marker) {
            assertTrue(length > 0 && offset >= 0 && offset + length <= bytes.length);
            left -= length;
            assertTrue(left >= 0, "more came out than in");
        }

        @Override
        public void changed(AudioConfig config, int clockRateHz) {
            assertTrue(config.sampleRateHz() > 0 && clockRateHz > 0);
        }
    }
}
