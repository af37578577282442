package dev.oriel.protocol.rtp.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.media.Bytes;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AudioConfigTest {

    private static Optional<AudioConfig> parse(String hex) {
        return AudioConfig.parse(Bytes.copyOf(HexFormat.of().parseHex(hex)));
    }

    @ParameterizedTest
    @CsvSource({
        // bytes, object type, rate of the units, rate heard, channels, samples of a unit
        "1210, 2, 44100, 44100, 2, 1024",
        "1190, 2, 48000, 48000, 2, 1024",
        "1408, 2, 16000, 16000, 1, 1024",
        "1588, 2, 8000, 8000, 1, 1024",
        "140c, 2, 16000, 16000, 1, 960", // short frames
        "0a10, 1, 44100, 44100, 2, 1024", // AAC-Main
        "11b8, 2, 48000, 48000, 8, 1024", // 7.1
        "1780562210, 2, 44100, 44100, 2, 1024", // a rate that has no index
        "2b118800, 2, 24000, 48000, 2, 1024", // SBR, said first
        "eb098800, 2, 24000, 48000, 2, 1024", // SBR and parametric stereo, said first
        "131056e598, 2, 24000, 48000, 2, 1024", // SBR, appended
        "131056e59d4880, 2, 24000, 48000, 2, 1024", // both, appended
        "130856e59d4880, 2, 24000, 48000, 2, 1024", // both appended to mono
        "139056e5a0, 2, 22050, 44100, 2, 1024",
        "f8e85000, 39, 44100, 44100, 2, 480", // AAC-ELD
        "ba1000, 23, 44100, 44100, 2, 512" // AAC-LD
    })
    void parse_knownConfigs_areUnderstood(String hex, int type, int rate, int heard, int channels, int samples) {
        AudioConfig config = parse(hex).orElseThrow();

        assertEquals(type, config.objectType());
        assertEquals(rate, config.sampleRateHz());
        assertEquals(heard, config.heardRateHz());
        assertEquals(channels, config.channels());
        assertEquals(samples, config.frameSamples());
        assertEquals(hex, config.bytes().toString());
    }

    @Test
    void parse_channelsListedOneByOne_areCounted() {
        // AAC-LC, 48 kHz, channels 0; then tag, object type, rate, 1 front pair, nothing else, no mix-downs, one pair
        // with its tag.
        String bits = "00010" + "0011" + "0000" + "000" + "0000" + "01" + "0011" + "0001" + "0000" + "0000" + "01"
                + "000" + "0000" + "000" + "1" + "0000" + "0000" + "00000000";

        assertEquals(3, parse(packed(bits)).orElseThrow().channels(), "a pair and one for the bass");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "12", // too short
                "1690", // a rate that no index stands for
                "1780000010", // a rate of 0
                "4210", // CELP
                "0210", // no object type
                "ffffffff"
            })
    void parse_whatIsNone_isEmpty(String hex) {
        assertTrue(parse(hex).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"2, 16000, 1, 1408", "2, 44100, 2, 1210", "2, 12345, 6, 178018 1cb0", "1, 48000, 8, 09b8"})
    void of_whatIsKnown_isReadAgain(int type, int rate, int channels, String hex) {
        AudioConfig made = AudioConfig.of(type, rate, channels);

        assertEquals(hex.replace(" ", ""), made.bytes().toString());
        assertEquals(Optional.of(made), AudioConfig.parse(made.bytes()));
    }

    /** Bits as hexadecimal digits, filled up with zeros. */
    static String packed(String bits) {
        StringBuilder hex = new StringBuilder();
        String all = bits + "0".repeat(-bits.length() & 7);
        for (int i = 0; i < all.length(); i += 4) {
            hex.append(Integer.toHexString(Integer.parseInt(all.substring(i, i + 4), 2)));
        }
        return hex.toString();
    }
}
