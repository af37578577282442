package dev.oriel.protocol.rtp.sound;

import static dev.oriel.protocol.rtp.sound.AudioConfigTest.packed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.media.Bytes;
import dev.oriel.api.media.Codec;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LatmUnitsTest {

    /** 24 kHz, stereo (RFC 6416 section 7.1). */
    private static final String CONFIG = "400026203fc0";

    /** The same as bits: version 0, same timing, 1 sub-frame, 1 program, 1 layer; the config; lengths told; nothing else. */
    private static final String CONFIG_BITS = mux("000000", "000", "00000000");

    private static String mux(String subFrames, String frameLengthType, String frameLength) {
        return "0" + "1" + subFrames + "0000" + "000" + "00010" + "0110" + "0010" + "000" + frameLengthType
                + frameLength + "0" + "0";
    }

    private static Optional<StreamMux> parse(String hex) {
        return StreamMux.parse(Bytes.copyOf(HexFormat.of().parseHex(hex)));
    }

    private static Heard outOfBand() {
        return new Heard("MP4A-LATM/24000/2", "profile-level-id=1; cpresent=0; object=2; config=" + CONFIG);
    }

    private static String bits(String hex) {
        StringBuilder bits = new StringBuilder();
        for (char digit : hex.toCharArray()) {
            String four = Integer.toBinaryString(Character.digit(digit, 16));
            bits.append("0".repeat(4 - four.length())).append(four);
        }
        return bits.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "400026203fc0, 1, 24000, 2, 1310",
        "400026103fc0, 1, 24000, 1, 1308",
        "400023203fc0, 1, 48000, 2, 1190",
        "40002320, 1, 48000, 2, 1190", // as GStreamer writes it
        "410026203fc0, 2, 24000, 2, 1310"
    })
    void config_known_isUnderstood(String hex, int subFrames, int rate, int channels, String config) {
        StreamMux mux = parse(hex).orElseThrow();

        assertEquals(subFrames, mux.subFrames());
        assertEquals(rate, mux.config().sampleRateHz());
        assertEquals(channels, mux.config().channels());
        assertEquals(config, mux.config().bytes().toString());
        assertEquals(List.of(new StreamMux.Slot(-1)), mux.streams());
    }

    @Test
    void config_ofVersion1_isUnderstood() {
        // Version 1 not A; fullness; timing, sub-frames, program, layer; 16 bits of config; length told; other data of
        // 8 bits; checksum.
        String bits = "10" + "00" + "00000000" + "1" + "000000" + "0000" + "000" + "00" + "00010000" + bits("1408")
                + "000" + "00000000" + "1" + "00" + "00001000" + "1" + "00000000";

        StreamMux mux = parse(packed(bits)).orElseThrow();

        assertEquals("1408", mux.config().bytes().toString());
        assertEquals(8, mux.otherBits());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "40",
                "4000",
                "0000263fc0", // times of their own
                "1408", // an AudioSpecificConfig
                "c0",
                "ffffffffffffffff"
            })
    void config_whatIsNone_isEmpty(String hex) {
        assertTrue(parse(hex).isEmpty());
    }

    @Test
    void packet_oneElement_isPassedOn() {
        assertEquals(List.of("7 0102030405"), outOfBand().packet(7, true, "05 0102030405").told);
    }

    @Test
    void packet_oneElementWithoutMarker_isPassedOnAtOnce() {
        assertEquals(List.of("7 0102030405"), outOfBand().packet(7, false, "05 0102030405").told);
    }

    @Test
    void packet_longUnit_hasALengthOfSeveralBytes() {
        String unit = "5a".repeat(300);

        assertEquals(List.of("7 " + unit), outOfBand().packet(7, true, "ff2d" + unit).told);
    }

    @Test
    void packet_severalElementsOrSubFrames_areDatedBySamples() {
        assertEquals(List.of("0 01", "1024 0203"), outOfBand().packet(0, true, "01 01 02 0203").told);
        Heard two = new Heard("MP4A-LATM/24000/2", "cpresent=0; config=410026203fc0");
        assertEquals(List.of("0 01", "1024 0203"), two.packet(0, true, "01 01 02 0203").told);
    }

    @Test
    void packet_unitsOfOneLength_areCut() {
        // frameLengthType 1: (0 + 20) bytes each
        String fixed = packed(mux("000001", "001", "000000000"));
        String unit = "33".repeat(20);
        Heard heard = new Heard("MP4A-LATM/24000/2", "cpresent=0; config=" + fixed);

        assertEquals(List.of("0 " + unit, "1024 " + unit), heard.packet(0, true, unit + unit).told);
    }

    @Test
    void packet_severalStreams_givesTheFirst() {
        // Two programs of one layer each, the second with the config of the first.
        String mux = packed("0" + "1" + "000000" + "0001" + "000" + "00010" + "0110" + "0010" + "000" + "000"
                + "00000000" + "000" + "1" + "000" + "00000000" + "0" + "0");
        Heard heard = new Heard("MP4A-LATM/24000/2", "cpresent=0; config=" + mux);

        assertEquals(List.of("0 0102"), heard.packet(0, true, "02 03 0102 030405").told);
    }

    @Test
    void packet_multiplexInBand_isReadAndToldOnce() {
        Heard heard = new Heard("MP4A-LATM/24000/2", "cpresent=1");
        String told = packed("0" + CONFIG_BITS + bits("02") + bits("a1b2"));
        String same = packed("1" + bits("02") + bits("c3d4"));

        assertEquals("", ((Codec.Aac) heard.format.codec()).config().toString());
        heard.packet(0, true, same)
                .packet(1024, true, told)
                .packet(2048, true, same)
                .packet(3072, true, told);

        assertEquals(List.of("1310/24000", "1024 a1b2", "2048 c3d4", "3072 a1b2"), heard.told);
    }

    @ParameterizedTest
    @CsvSource({
        "config=400026203fc0, false", // nothing said
        "config=400026203fc0, true",
        "cpresent=1; config=400026203fc0, false", // said wrongly
        "cpresent=0; config=400026203fc0, true",
        "cpresent=0; config=1310, false", // the config of the units, not of the multiplex
        "cpresent=0; object=2, false" // none at all
    })
    void packet_describedLoosely_isUnderstood(String fmtp, boolean inBand) {
        String packet = inBand ? packed("1" + bits("02") + bits("a1b2")) : "02 a1b2";
        Heard heard =
                new Heard("MP4A-LATM/24000/2", fmtp).packet(0, true, packet).packet(1024, true, packet);

        int last = heard.told.size() - 1;
        assertEquals(List.of("0 a1b2", "1024 a1b2"), heard.told.subList(last - 1, last + 1));
    }

    @Test
    void packet_severalElementsInBand_eachBeginWithAByte() {
        String told = packed("0" + CONFIG_BITS + bits("02") + bits("a1b2"));
        String same = packed("1" + bits("02") + bits("c3d4"));

        Heard heard = new Heard("MP4A-LATM/24000/2", "cpresent=1").packet(0, true, told + same + same);

        assertEquals(List.of("1310/24000", "0 a1b2", "1024 c3d4", "2048 c3d4"), heard.told);
    }

    @Test
    void packet_otherDataBehindTheUnits_isPassedOver() {
        String mux = packed("0" + "1" + "000000" + "0000" + "000" + "00010" + "0110" + "0010" + "000" + "000"
                + "00000000" + "1" + "0" + "00010000" + "0"); // 16 bits
        Heard heard = new Heard("MP4A-LATM/24000/2", "cpresent=0; config=" + mux);

        assertEquals(List.of("0 a1b2", "1024 c3"), heard.packet(0, true, "02 a1b2 0505 01 c3 0505").told);
    }

    @Test
    void config_channelsListedOneByOne_endsWithAByteOfItsOwn() {
        String config = "00010" + "0011" + "0000" + "000" + "0000" + "01" + "0011" + "0001" + "0000" + "0000" + "01"
                + "000" + "0000" + "000" + "1" + "0000" + "0000" + "00000" + "00000001" + "11111111";

        StreamMux mux = parse(packed("0" + "1" + "000000" + "0000" + "000" + config + "001" + "000000101" + "00"))
                .orElseThrow();

        assertEquals(packed(config), mux.config().bytes().toString());
        assertEquals(List.of(new StreamMux.Slot(200)), mux.streams());
    }

    @Test
    void fragments_restOfALostElement_isNotTakenForAnElement() {
        Heard heard = outOfBand()
                .packet(5, false, "06 e1e2")
                .gap()
                .packet(5, true, "01 07") // looks like one
                .packet(6, true, "01 07");

        assertEquals(List.of("6 07"), heard.told);
    }

    @Test
    void fragments_ofOneElement_arePutTogether() {
        Heard heard = outOfBand()
                .packet(5, false, "06 0102")
                .packet(5, false, "0304")
                .packet(5, true, "0506")
                .packet(6, true, "01 07");

        assertEquals(List.of("5 010203040506", "6 07"), heard.told);
        assertEquals(0, heard.reader.malformed());
    }

    @Test
    void fragments_withoutMarker_endWhereTheNextElementBegins() {
        assertEquals(
                List.of("5 01020304", "6 07"),
                outOfBand().packet(5, false, "04 0102").packet(5, false, "0304").packet(6, false, "01 07").told);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void fragments_oneLost_dropTheElementAndNothingElse(int lost) {
        Heard heard = outOfBand().packet(4, true, "01 01");
        String[] parts = {"06 e1e2", "e3e4", "e5e6"};
        for (int i = 0; i < parts.length; i++) {
            if (i == lost) {
                heard.gap();
            } else {
                heard.packet(5, i == 2, parts[i]);
            }
        }
        heard.packet(6, true, "01 07");

        assertEquals(List.of("4 01", "6 07"), heard.told);
        assertEquals(0, heard.reader.malformed(), "lost, not wrong");
    }

    @Test
    void packet_broken_isCounted() {
        Heard heard =
                outOfBand().packet(0, true, "05 01").packet(1, true, "01 0203").packet(2, true, "01 07");

        assertEquals(List.of("2 07"), heard.told);
        assertEquals(2, heard.reader.malformed());
    }

    @Test
    void adts_insideElements_isTakenOff() {
        assertEquals(List.of("1408/24000", "0 010203"), outOfBand().packet(0, true, "0a fff16040015ffc 010203").told);
    }
}
