package dev.oriel.protocol.rtp.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.media.Codec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoundFormatTest {

    @ParameterizedTest
    @CsvSource({
        "'', 1408, 16000, 1", // no rate
        "/16000, 1408, 16000, 1",
        "/16000, 1210, 16000, 2", // channels from the config
        "/90000, 1408, 90000, 1",
        "/24000, 2b118800, 24000, 2"
    })
    void aac_rateAndChannels_areTakenWhereTheyStand(String rest, String config, int clock, int channels) {
        SoundFormat format = format("MPEG4-GENERIC" + rest, "mode=AAC-hbr; config=" + config);

        assertEquals(clock, format.clockRateHz());
        assertEquals(channels, format.channels());
        assertEquals(config, aac(format));
    }

    @ParameterizedTest
    @CsvSource({
        "MPEG4-GENERIC/16000/1, mode=AAC-hbr, 1408",
        "MPEG4-GENERIC/44100/2, '', 1210",
        "MPEG4-GENERIC/16000/1, config=xyz, 1408",
        "MPEG4-GENERIC/16000/1, config=16, 1408",
        "MPEG4-GENERIC/16000/1, config=\"1210\", 1210",
        "MPEG4-GENERIC/16000/1, Config = 1210 ; x, 1210",
        "MPEG4-GENERIC/16000/1, config=131056e5a, 131056e5a0",
        "MPEG4-GENERIC/90000/2, '', 1190",
        "AAC/8000, '', 1588",
        "'', streamtype=5;mode=AAC-hbr;config=1408, 1408",
        "MP4A-LATM/24000/2, cpresent=0;config=400026203fc0, 1310",
        "MP4A-LATM/24000/2, cpresent=1, ''"
    })
    void aac_config_isReadOrMadeOfTheRest(String rtpmap, String fmtp, String config) {
        assertEquals(config, aac(format(rtpmap, fmtp)));
    }

    @ParameterizedTest
    @CsvSource({"G726-16, 1, 4", "G726-24, 3, 8", "G726-32, 1, 2", "G726-40, 5, 8", "AAL2-G726-32, 1, 2"})
    void g726_units_endWithABytesEnd(String name, int bytes, int ticks) {
        SoundFormat format = format(name + "/8000", "");

        assertEquals(name, format.codec().encodingName());
        assertEquals(new SoundPacking.Samples(bytes, ticks, false), format.packing());
    }

    @ParameterizedTest
    @CsvSource({
        "MPEG4-GENERIC/16000/1, mode=CELP-cbr",
        "mpeg4-generic/90000, streamtype=4; mode=generic",
        "'', ''",
        "G726-8/8000, ''"
    })
    void of_whatIsNotKnown_isEmpty(String rtpmap, String fmtp) {
        assertTrue(read(rtpmap, fmtp).isEmpty());
    }

    @Test
    @Timeout(2)
    void of_veryLongParameters_areReadInTime() {
        assertEquals("1408", aac(format("MPEG4-GENERIC/16000", "config=1408;" + "a".repeat(1_000_000))));
    }

    @Test
    void of_hikvisionsSamples_areTurned() {
        SoundFormat format = format("PCM/16000", "");

        assertEquals(new Codec.L16(), format.codec());
        assertEquals(16_000, format.clockRateHz());
        assertEquals(new SoundPacking.Samples(2, 1, true), format.packing());
    }

    private static String aac(SoundFormat format) {
        return ((Codec.Aac) format.codec()).config().toString();
    }

    private static SoundFormat format(String rtpmap, String fmtp) {
        return read(rtpmap, fmtp).orElseThrow();
    }

    private static java.util.Optional<SoundFormat> read(String rtpmap, String fmtp) {
        String[] map = rtpmap.split("/");
        int rate = map.length > 1 ? Integer.parseInt(map[1]) : 0;
        return SoundFormat.of(map[0], rate, map.length > 2 ? Integer.parseInt(map[2]) : 0, fmtp);
    }
}
