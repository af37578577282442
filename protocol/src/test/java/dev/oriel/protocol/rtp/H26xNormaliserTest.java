package dev.oriel.protocol.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.media.Bytes;
import dev.oriel.api.media.Codec;
import dev.oriel.protocol.rtp.nal.NalSyntax;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another codec than the one described (EZVIZ), and NAL units with their place in the decoding order. */
class H26xNormaliserTest {

    private static final String SPS = "674d4028eca03c0113f2e022000003000200000300641e30632c";
    private static final String PPS = "68ce0fc8";
    private static final String IDR = "65888404";
    private static final String SLICE = "419a1234";

    private static final String VPS_5 = "40010c01ffff01600000030090000003000003003fba0240";
    private static final String SPS_5 =
            "42010101600000030090000003000003003fa005020171f2e5ba4a4c2f0168080000030008000003007840";
    private static final String PPS_5 = "4401c073c189";
    private static final String IDR_5 = "2801ac6460a7";
    private static final String SLICE_5 = "0201d0097883";

    private static List<Bytes> sets(String... hex) {
        return Stream.of(hex).map(h -> Bytes.copyOf(RtpBytes.hex(h))).toList();
    }

    private static String sized(String nal) {
        return String.format("%04x", nal.length() / 2) + nal;
    }

    @Test
    void h264_describedAsH265_isToldAsWhatItIs() {
        Collected c = Collected.ofAny(NalSyntax.H265)
                .feed(1, true, SLICE)
                .feed(2, false, SPS)
                .feed(2, false, PPS)
                .feed(2, true, IDR)
                .feed(3, true, SLICE);

        assertEquals(List.of("2K " + SPS, "2 " + PPS, "2M " + IDR, "3M " + SLICE), c.told());
        assertEquals(List.of(new Codec.H264(sets(SPS, PPS))), c.codecs);
        assertEquals(List.of("The camera describes its video as H265 and sends H264."), c.normaliser.remarks());
    }

    @ParameterizedTest
    @ValueSource(strings = {"aggregate", "start codes", "one by one"})
    void h265_describedAsH264_isToldAsWhatItIs(String how) {
        Collected c = Collected.ofAny(NalSyntax.H264).feed(1, true, SLICE_5);
        switch (how) {
            case "aggregate" -> c.feed(2, false, "6001" + sized(VPS_5) + sized(SPS_5) + sized(PPS_5));
            case "start codes" -> c.feed(2, false, "00000001" + VPS_5 + "00000001" + SPS_5 + "000001" + PPS_5);
            default -> c.feed(2, false, VPS_5).feed(2, false, SPS_5).feed(2, false, PPS_5);
        }
        c.feed(2, true, IDR_5).feed(3, true, SLICE_5);

        assertEquals(List.of("2K " + VPS_5, "2 " + SPS_5, "2 " + PPS_5, "2M " + IDR_5, "3M " + SLICE_5), c.told());
        assertEquals(new Codec.H265(sets(VPS_5, SPS_5, PPS_5)), c.codecs.get(c.codecs.size() - 1));
        assertEquals(List.of("The camera describes its video as H264 and sends H265."), c.normaliser.remarks());
    }

    @Test
    void codec_thatChangesBack_isFollowed() {
        Collected c = Collected.ofAny(NalSyntax.H264);
        for (int i = 0; i < 3; i++) {
            c.feed(4 * i, false, SPS_5).feed(4 * i, false, PPS_5).feed(4 * i, true, IDR_5);
            c.feed(4 * i + 2, false, SPS).feed(4 * i + 2, false, PPS).feed(4 * i + 2, true, IDR);
        }

        assertEquals(List.of(), c.normaliser.remarks());
        assertTrue(c.codecs.get(c.codecs.size() - 1) instanceof Codec.H264);
        assertEquals(6, c.told().stream().filter(t -> t.contains("K")).count());
    }

    @Test
    void codec_asDescribed_isNeverTakenForTheOther() {
        Random random = new Random(7);
        for (NalSyntax syntax : NalSyntax.values()) {
            boolean h264 = syntax == NalSyntax.H264;
            Collected c = Collected.ofAny(syntax);
            for (int i = 0; i < 20_000; i++) {
                byte[] noise = RtpBytes.nal(3 + random.nextInt(40), h264 ? SLICE : SLICE_5);
                for (int at = h264 ? 1 : 2; at < noise.length; at++) {
                    noise[at] = (byte) random.nextInt();
                }
                c.feed(i, false, noise);
                if (i % 50 == 0) {
                    c.feed(i, false, h264 ? SPS : SPS_5).feed(i, false, h264 ? PPS : PPS_5);
                    c.feed(i, false, h264 ? IDR : IDR_5);
                }
            }
            assertEquals(List.of(), c.normaliser.remarks());
        }
    }

    /** Neither a set of which nothing is known, nor one alone, convinces. */
    @Test
    void setsOfTheOther_thatMakeNoSense_doNotConvince() {
        Collected c = Collected.ofAny(NalSyntax.H265)
                .feed(1, false, "67")
                .feed(1, false, "67000102")
                .feed(1, false, PPS)
                .feed(1, false, PPS);
        assertEquals(List.of(), c.normaliser.remarks());

        c.feed(2, false, SPS);
        assertEquals(1, c.normaliser.remarks().size());
    }

    /** RFC 6184 sections 5.7.1, 5.7.2 and 5.8. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "19 0007", // STAP-B, number 7
                "1a 0007", // MTAP16
                "1b 0007" // MTAP24
            })
    void h264_interleavedAggregates_areTakenApart(String start) {
        boolean times = !start.startsWith("19");
        String time = start.startsWith("1b") ? "000e10" : "0e10";
        String first = times ? "0004" + "00" + time.replace("e1", "00").replace("0e", "00") + IDR : sized(IDR);
        String second = times ? "0004" + "01" + time + SLICE : sized(SLICE);
        Collected c = Collected.ofAny(NalSyntax.H264).feed(90_000, true, start.replace(" ", "") + first + second);

        assertEquals(
                times
                        ? List.of("90000K " + IDR, "90000M 0c80", "93600M " + SLICE)
                        : List.of("90000K " + IDR, "90000M " + SLICE),
                c.told());
        assertEquals(0, c.normaliser.malformed());
        assertFalse(c.normaliser.isOutOfOrder());
    }

    @Test
    void h264_interleavedFragments_becomePlainOnes() {
        byte[] nal = RtpBytes.nal(2001, "6588");
        byte[] data = java.util.Arrays.copyOfRange(nal, 1, nal.length);
        byte[] first = RtpBytes.join(RtpBytes.hex("7d85" + "0001"), java.util.Arrays.copyOf(data, 1000));
        byte[] last = RtpBytes.join(RtpBytes.hex("7c45"), java.util.Arrays.copyOfRange(data, 1000, 2000));
        Collected c = Collected.ofAny(NalSyntax.H264).feed(1, false, first).feed(1, true, last);

        assertEquals(List.of(Bytes.copyOf(nal)), c.nals());
        assertEquals(0x7c, c.packets.get(0).payloadAt(0), "FU-A");
    }

    @Test
    void h264_outOfDecodingOrder_isNoticed() {
        Collected c = Collected.ofAny(NalSyntax.H264)
                .feed(1, true, "19" + "ffff" + sized(IDR))
                .feed(2, true, "19" + "0000" + sized(SLICE) + sized(SLICE))
                .feed(3, true, "19" + "0003" + sized(SLICE));
        assertFalse(c.normaliser.isOutOfOrder());

        c.feed(4, true, "19" + "0002" + sized(SLICE));
        assertTrue(c.normaliser.isOutOfOrder());
    }

    /** RFC 7798 sections 4.4.1 to 4.4.3 with sprop-max-don-diff above 0. */
    @Test
    void h265_numbered_numbersAreLeftOut() {
        byte[] nal = RtpBytes.nal(1002, "2801ac");
        byte[] first = RtpBytes.join(RtpBytes.hex("6201" + "94" + "0004"), java.util.Arrays.copyOfRange(nal, 2, 502));
        byte[] last = RtpBytes.join(RtpBytes.hex("6201" + "54"), java.util.Arrays.copyOfRange(nal, 502, 1002));
        Collected c = Collected.numbered()
                .feed(1, false, "6001" + "0000" + sized(VPS_5) + "00" + sized(SPS_5) + "00" + sized(PPS_5))
                .feed(1, true, "2801" + "0003" + "ac6460a7")
                .feed(2, false, first)
                .feed(2, true, last)
                .feed(3, true, "0201" + "0005" + "d0097883");

        assertEquals(
                List.of("1K " + VPS_5, "1 " + SPS_5, "1 " + PPS_5, "1M " + IDR_5),
                c.told().subList(0, 4));
        assertTrue(c.nals().contains(Bytes.copyOf(nal)));
        assertEquals("3M " + SLICE_5, c.told().get(c.told().size() - 1));
        assertEquals(0, c.normaliser.malformed());
        assertFalse(c.normaliser.isOutOfOrder());

        c.feed(4, true, "0201" + "0004" + "d0097883");
        assertTrue(c.normaliser.isOutOfOrder());
    }
}
