package dev.oriel.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClipTest {

    @ParameterizedTest
    @CsvSource({
        "000001 65aa,                           65aa",
        "00000001 65aa,                         65aa",
        "00000001 67bb 000001 68cc 000001 65aa, 67bb+68cc+65aa",
        "000001 65aa 00000001 41dd,             65aa|41dd",
        "000001 65aa000003 00000001 41dd,       65aa000003|41dd",
        "000001 65aa 0000000001 41dd,           65aa|41dd",
        "000001 65aa 000001 06ff,               65aa",
    })
    void split_annexB_givesPicturesWithoutStartCodes(String stream, String expected) {
        List<Clip.Picture> pictures = Clip.split(HexFormat.of().parseHex(stream.replace(" ", "")));

        assertEquals(
                expected, String.join("|", pictures.stream().map(ClipTest::text).toList()));
    }

    @Test
    void load_clipOfTheBundle_isOneThatBrowsersPlay() throws IOException {
        Clip clip = Clip.load();

        assertEquals(600, clip.pictures().size());
        assertEquals(192_000, clip.sound().length);
        assertEquals(2, clip.parameterSets().size());
        // profile_idc 66 with constraint_set1: Constrained Baseline.
        byte[] sequenceParameters = clip.parameterSets().get(0);
        assertEquals(66, sequenceParameters[1]);
        assertTrue((sequenceParameters[2] & 0x40) != 0);
        for (int i = 0; i < 600; i++) {
            assertEquals(i % 100 == 0, clip.pictures().get(i).isKeyframe(), "picture " + i);
        }
    }

    @Test
    void keyframeBefore_pictureWithinAGroup_isItsFirst() throws IOException {
        Clip clip = Clip.load();

        assertEquals(0, clip.keyframeBefore(99));
        assertEquals(100, clip.keyframeBefore(100));
        assertEquals(500, clip.keyframeBefore(599));
    }

    @Test
    void clip_soundOfAnotherLength_isRefused() {
        List<Clip.Picture> one = List.of(new Clip.Picture(List.of(new byte[] {0x65})));

        assertThrows(IllegalArgumentException.class, () -> new Clip(one, new byte[319]));
        assertArrayEquals(new byte[320], new Clip(one, new byte[320]).sound());
    }

    private static String text(Clip.Picture picture) {
        return String.join(
                "+", picture.nals().stream().map(HexFormat.of()::formatHex).toList());
    }
}
