package dev.oriel.protocol.rtp.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GenericUnitsTest {

    private static final String HBR =
            "streamtype=5; profile-level-id=15; mode=AAC-hbr; config=1408; sizeLength=13; indexLength=3; indexDeltaLength=3";

    private static Heard hbr() {
        return new Heard("MPEG4-GENERIC/16000/1", HBR);
    }

    @Test
    void packet_oneUnit_isPassedOn() {
        // 16 bits of headers; size 4, index 0
        assertEquals(List.of("7 01020304"), hbr().packet(7, true, "0010 0020 01020304").told);
    }

    @Test
    void packet_severalUnits_areDatedBySamples() {
        Heard heard = hbr().packet(1000, true, "0030 0010 0008 0018 0102 03 040506");

        assertEquals(List.of("1000 0102", "2024 03", "3048 040506"), heard.told);
        assertEquals(0, heard.reader.malformed());
    }

    @ParameterizedTest
    @CsvSource({
        "AAC-lbr, 0008 10 01020304", // 6 bits of size, 2 of index
        "AAC-LBR; sizelength=6;indexlength=2;indexdeltalength=2, 0008 10 01020304",
        "AAC-hbr, 0010 0020 01020304",
        "x, 0010 0020 01020304", // no mode that is known, nor lengths
        "generic; sizeLength=16; indexLength=0; indexDeltaLength=0, 0010 0004 01020304",
        "generic; sizeLength=16; CTSDeltaLength=4; DTSDeltaLength=8, 0012 0004 00 01020304", // two flags, both 0
        "generic; sizeLength=16; CTSDeltaLength=4; DTSDeltaLength=7, 001d 0004 ffff 01020304", // both 1
        "generic; sizeLength=16; randomAccessIndication=1; streamStateIndication=7, 0018 0004 00 01020304",
        "generic; sizeLength=16; auxiliaryDataSizeLength=8, 0010 0004 0c fff0 01020304", // 12 bits of data
        "generic; constantSize=4, 01020304",
        "generic, 01020304",
        "generic; indexLength=8; constantSize=4, 0008 00 01020304"
    })
    void packet_lengthsOfAnyKind_areRead(String mode, String hex) {
        Heard heard = new Heard("mpeg4-generic/16000/1", "mode=" + mode + "; config=1408").packet(1, true, hex);

        assertEquals(List.of("1 01020304"), heard.told);
        assertEquals(0, heard.reader.malformed());
    }

    @Test
    void packet_constantSize_isCut() {
        Heard heard = new Heard("mpeg4-generic/16000", "mode=generic; constantSize=2; config=1408");

        assertEquals(List.of("0 0102", "1024 0304"), heard.packet(0, true, "01020304").told);
    }

    @Test
    void fragments_ofOneUnit_arePutTogether() {
        Heard heard = hbr().packet(5, false, "0010 0030 0102")
                .packet(5, false, "0010 0030 0304")
                .packet(5, true, "0010 0030 0506")
                .packet(6, true, "0010 0008 07");

        assertEquals(List.of("5 010203040506", "6 07"), heard.told);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void fragments_oneLost_dropTheUnitAndNothingElse(int lost) {
        Heard heard = hbr().packet(4, true, "0010 0008 01");
        String[] parts = {"0010 0030 0102", "0010 0030 0304", "0010 0030 0506"};
        for (int i = 0; i < parts.length; i++) {
            if (i == lost) {
                heard.gap();
            } else {
                heard.packet(5, i == 2, parts[i]);
            }
        }
        heard.packet(6, true, "0010 0008 07");

        assertEquals(List.of("4 01", "6 07"), heard.told);
        assertEquals(0, heard.reader.malformed(), "lost, not wrong");
    }

    @Test
    void fragments_restOfALostUnit_isNotTakenForAUnit() {
        Heard heard = hbr().packet(5, false, "0010 0030 0102")
                .gap()
                .packet(5, false, "0010 0010 0304") // each says its own size
                .gap()
                .packet(5, true, "0010 0010 0506")
                .packet(6, true, "0010 0008 07");

        assertEquals(List.of("6 07"), heard.told);
    }

    @Test
    void fragments_withoutMarker_areCompleteBySize() {
        assertEquals(
                List.of("5 010203"), hbr().packet(5, false, "0010 0018 0102").packet(5, false, "0010 0018 03").told);
    }

    @Test
    void fragments_thatBreakOff_areCounted() {
        Heard heard = hbr().packet(5, false, "0010 0030 0102").packet(6, true, "0010 0008 07");

        assertEquals(List.of("6 07"), heard.told);
        assertEquals(1, heard.reader.malformed());
    }

    @Test
    void interleaved_units_comeInTheOrderOfTheirTime() {
        // Units 0 2 4 | 1 3 5 | 6: each number is one ahead of the next.
        Heard heard = hbr().packet(0, true, "0030 0008 0009 0009 00 02 04")
                .packet(1024, true, "0030 0008 0009 0009 01 03 05")
                .packet(6 * 1024, true, "0010 0008 06");

        assertEquals(List.of("0 00", "1024 01", "2048 02", "3072 03", "4096 04", "5120 05", "6144 06"), heard.told);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0010 003c fff15c400 0fffc 0102 03", // behind headers: AAC-LC, 8 kHz, mono... see below
            })
    void adts_placeholder_isReplacedBelow(String ignored) {
        // kept empty on purpose
    }

    @Test
    void adts_behindHeaders_isTakenOff() {
        // 16 kHz, mono, 10 bytes with the header of 7
        Heard heard = hbr().packet(1, true, "0010 0050 fff16040015ffc 010203");

        assertEquals(List.of("1 010203"), heard.told);
    }

    @Test
    void adts_inPlaceOfHeaders_isTakenOff() {
        Heard heard = hbr().packet(1, true, "fff16040015ffc 010203")
                .packet(1025, true, "fff16040015ffc 040506 fff16040013ffc 0708");

        assertEquals(List.of("1 010203", "1025 040506", "2049 0708"), heard.told);
        assertEquals(0, heard.reader.malformed());
    }

    @Test
    void adts_withChecksum_isTakenOff() {
        assertEquals(List.of("1 010203"), hbr().packet(1, true, "fff06040019ffc abcd 010203").told);
    }

    @Test
    void adts_overPackets_isPutTogether() {
        Heard heard = hbr().packet(1, false, "fff16040015ffc 01").packet(1, true, "0203");

        assertEquals(List.of("1 010203"), heard.told);
    }

    @Test
    void adts_otherThanDescribed_isBelieved() {
        // 44.1 kHz, stereo
        Heard heard = hbr().packet(1, true, "fff15080015ffc 010203").packet(2, true, "fff15080015ffc 040506");

        assertEquals(List.of("1210/16000", "1 010203", "2 040506"), heard.told);
    }

    @Test
    void adts_severalBlocksInAFrame_isCounted() {
        Heard heard = hbr().packet(1, true, "fff16040015ffd 010203");

        assertEquals(List.of(), heard.told);
        assertEquals(1, heard.reader.malformed());
    }

    @Test
    void clock_thatCountsSamplesOfAnotherRate_isFoundOut() {
        Heard heard = new Heard("MPEG4-GENERIC/8000/1", HBR);
        for (int i = 0; i < 6; i++) {
            heard.packet(1024 * i - i % 2, true, "0010 0008 0" + i);
        }

        assertEquals(List.of("0 00", "1023 01", "2048 02", "3071 03", "1408/16000", "4096 04", "5119 05"), heard.told);
    }

    @Test
    void clock_thatCountsSamples_isFoundOutDespiteLoss() {
        Heard heard = new Heard("MPEG4-GENERIC/8000/1", HBR);
        for (int i = 0; i < 12; i++) {
            if (i % 3 == 2) {
                heard.gap();
            } else {
                heard.packet(1024 * i, true, "0010 0008 01");
            }
        }

        assertEquals("1408/16000", heard.told.get(7), "after four steps without loss between");
    }

    @Test
    void clock_thatIsNotTheSampleRateButCountsTrue_isKept() {
        Heard heard = new Heard("MPEG4-GENERIC/90000/1", HBR);
        for (int i = 0; i < 8; i++) {
            heard.packet(5760 * i, true, "0020 0008 0008 0102");
        }

        assertEquals(16, heard.told.size());
        assertEquals("5760 02", heard.told.get(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00",
                "0010",
                "0000 01", // no headers
                "0010 0020", // no unit
                "0010 0020 01", // less than was said, and marked
                "0020 0008 0010 01", // the second
                "ffff 0020 01020304", // headers that are longer than the packet
                "0005 0020 01020304" // headers that end in the middle of one
            })
    void packet_broken_isCounted(String hex) {
        Heard heard = hbr().packet(0, true, hex).packet(5000, true, "0010 0008 07");

        assertEquals("5000 07", heard.told.get(heard.told.size() - 1));
        assertEquals(1, heard.reader.malformed());
    }
}
