package dev.oriel.protocol.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.media.Bytes;
import dev.oriel.api.media.Codec;
import dev.oriel.api.media.RtpPacket;
import dev.oriel.protocol.rtp.nal.NalSyntax;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class H264NormaliserTest {

    private static final String SPS = "6742001e95a01405016ec0"; // id 0
    private static final String PPS = "68ce3c80"; // id 0
    private static final String SPS_2 = "6742001f95a01405016ec0"; // id 0, another level
    private static final String IDR = "65888404";
    private static final String SLICE = "419a1234"; // first_mb_in_slice 0
    private static final String SECOND_SLICE = "4140aaaa"; // first_mb_in_slice 1
    private static final String AUD = "09f0";
    private static final String SEI = "0605010280"; // user data
    private static final String FILLER = "0cffff80";
    private static final String END = "0c80"; // what carries a marker that was missing

    private static Collected described() {
        return new Collected(NalSyntax.H264, Bytes.copyOf(RtpBytes.hex(SPS)), Bytes.copyOf(RtpBytes.hex(PPS)));
    }

    private static Collected bare() {
        return new Collected(NalSyntax.H264);
    }

    @Test
    void idr_setsOnlyDescribed_areSentInFrontOfEach() {
        Collected c = described().feed(1, true, IDR).feed(2, true, SLICE).feed(3, true, IDR);

        assertEquals(
                List.of(
                        "1K " + SPS,
                        "1 " + PPS,
                        "1M " + IDR, //
                        "2M " + SLICE, //
                        "3K " + SPS,
                        "3 " + PPS,
                        "3M " + IDR),
                c.told());
        assertEquals(List.of(), c.codecs, "nothing new");
    }

    @Test
    void idr_setsSentAlong_areSentOnceInFrontOfIt() {
        Collected c = bare().feed(1, false, SPS)
                .feed(1, false, PPS)
                .feed(1, false, SEI)
                .feed(1, true, IDR);

        assertEquals(List.of("1K " + SPS, "1 " + PPS, "1 " + SEI, "1M " + IDR), c.told());
        assertEquals(
                List.of(new Codec.H264(List.of(Bytes.copyOf(RtpBytes.hex(SPS)), Bytes.copyOf(RtpBytes.hex(PPS))))),
                c.codecs);
    }

    @Test
    void idr_ofSeveralSlices_hasTheSetsOnce() {
        Collected c = described().feed(1, false, IDR).feed(1, false, "6540aa").feed(1, true, "6550bb");

        assertEquals(List.of("1K " + SPS, "1 " + PPS, "1 " + IDR, "1 6540aa", "1M 6550bb"), c.told());
    }

    @Test
    void idr_withoutAnySets_stillStartsAKeyframe() {
        assertEquals(List.of("1KM " + IDR), bare().feed(1, true, IDR).told());
    }

    @Test
    void idr_firstSliceLost_startsNoKeyframe() {
        Collected c = described().feed(1, true, SLICE).lose(1).feed(2, true, "6540aa");

        assertEquals(List.of("1M " + SLICE, "#2 " + SPS, "2 " + PPS, "2M 6540aa"), c.told());
    }

    @Test
    void sets_changed_areToldAndReplaceTheDescribed() {
        Collected c = described()
                .feed(1, true, IDR)
                .feed(2, false, SPS_2)
                .feed(2, false, PPS)
                .feed(2, true, IDR);

        assertEquals("2K " + SPS_2, c.told().get(3));
        assertEquals(6, c.packets.size());
        assertEquals("42001f", ((Codec.H264) c.codecs.get(0)).profileLevelId());
        assertEquals(1, c.codecs.size());
    }

    @Test
    void sets_markedAsEndOfPicture_endNothing() {
        Collected c = bare().feed(1, true, SPS)
                .feed(1, true, PPS)
                .feed(1, true, SEI)
                .feed(1, false, IDR)
                .feed(1, true, "6540aa");

        assertEquals(List.of("1K " + SPS, "1 " + PPS, "1 " + SEI, "1 " + IDR, "1M 6540aa"), c.told());
    }

    @Test
    void sets_ofAnotherTimestamp_goWithTheirPicture() {
        Collected c = bare().feed(1, false, SPS).feed(1, false, PPS).feed(2, true, IDR);

        assertEquals(List.of("2K " + SPS, "2 " + PPS, "2M " + IDR), c.told());
    }

    @Test
    void sets_beforeAPlainSlice_areSentAlong() {
        Collected c = bare().feed(1, false, SPS)
                .feed(1, false, PPS)
                .feed(1, true, SLICE)
                .feed(2, true, SLICE);

        assertEquals(List.of("1 " + SPS, "1 " + PPS, "1M " + SLICE, "2M " + SLICE), c.told());
    }

    @Test
    void recoveryPoint_intraPicture_startsAKeyframe() {
        String recovery = "060601c480"; // recovery_frame_cnt 0
        String intra = "41b81234"; // first_mb 0, slice_type 7
        Collected c = described()
                .feed(1, true, SLICE)
                .feed(2, false, recovery)
                .feed(2, true, intra)
                .feed(3, false, recovery)
                .feed(3, true, SLICE);

        assertEquals(
                List.of(
                        "1M " + SLICE,
                        "2K " + SPS,
                        "2 " + PPS,
                        "2 " + recovery,
                        "2M " + intra,
                        "3 " + recovery,
                        "3M " + SLICE),
                c.told());
    }

    @Test
    void delimiterAndFiller_areDropped() {
        Collected c = described()
                .feed(1, false, AUD)
                .feed(1, false, FILLER)
                .feed(1, true, SLICE)
                .feed(2, false, SLICE)
                .feed(2, true, FILLER)
                .feed(3, false, AUD)
                .feed(3, true, SLICE);

        assertEquals(
                List.of("1M " + SLICE, "2 " + SLICE, "2M " + END, "3M " + SLICE),
                c.told(),
                "the marker on a filler is not lost");
    }

    @Test
    void marker_missing_isMadeUpForWhenTheNextPictureBegins() {
        Collected c = described()
                .feed(1, false, SLICE)
                .feed(1, false, SECOND_SLICE)
                .feed(2, false, SLICE)
                .feed(3, false, SLICE);

        assertEquals(
                List.of("1 " + SLICE, "1 " + SECOND_SLICE, "1M " + END, "2 " + SLICE, "2M " + END, "3 " + SLICE),
                c.told());
        assertEquals(1000, c.packets.get(2).timeNanos());
    }

    @Test
    void marker_inTheMiddleOfANal_endsNothing() {
        Collected c =
                described().feed(1, true, "5c81 9aaa").feed(1, true, "5c01 bb").feed(1, true, "5c41 cc");

        assertEquals(List.of("1 5c819aaa", "1 5c01bb", "1M 5c41cc"), c.told());
    }

    @Test
    void sets_sentAlongUnderAnotherId_replaceAllThatWereDescribed() {
        String sps = "6742001fa5a0"; // id 1: 010 after the level
        String pps = "685180"; // id 1, of the set above
        Collected c = described().feed(1, false, sps).feed(1, false, pps).feed(1, true, IDR);

        assertEquals(List.of("1K " + sps, "1 " + pps, "1M " + IDR), c.told());
    }

    @Test
    void timestamp_standingStill_keyframesAreStillFound() {
        Collected c = described().feed(1, true, IDR).feed(1, true, SLICE).feed(1, true, IDR);

        assertEquals("1K " + SPS, c.told().get(4));
    }

    @Test
    void aggregate_isTakenApart() {
        String stap = "78" + "000b" + SPS + "0004" + PPS + "0002" + AUD + "0005" + SEI + "0004" + IDR;
        Collected c = bare().feed(1, true, stap);

        assertEquals(List.of("1K " + SPS, "1 " + PPS, "1 " + SEI, "1M " + IDR), c.told());
    }

    @Test
    void fragments_whoseBeginningWasBeforeUs_areDroppedButNoFault() {
        Collected c =
                described().feed(1, false, "7c05aabb").feed(1, true, "7c45ccdd").feed(2, true, SLICE);
        assertEquals(List.of("2M " + SLICE), c.told());
        assertEquals(0, c.normaliser.malformed());

        c.lose(1).feed(3, false, "7c05aabb").feed(4, true, SLICE);
        assertEquals(0, c.normaliser.malformed());

        c.feed(5, false, "7c05aabb");
        assertEquals(1, c.normaliser.malformed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"78", "7800", "78000b67", "78ffff65", "7800000000", "780001650001"})
    void aggregate_broken_isCountedAndDropped(String payload) {
        Collected c = described().feed(1, true, payload).feed(2, true, SLICE);

        assertEquals(List.of("2M " + SLICE), c.told());
        assertTrue(c.normaliser.malformed() > 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000001" + SPS + "00000001" + PPS + "000001" + SEI + "00000001" + IDR, // all behind start codes
                SPS + "00000001" + PPS + "00000001" + SEI + "000001" + IDR, // from the second on
                "000001" + AUD + "000000000001" + SPS + "000001" + PPS + "000001" + SEI + "000001" + IDR + "0000"
            })
    void annexB_insideAPacket_isTakenApart(String payload) {
        Collected c = bare().feed(1, true, payload);

        assertEquals(List.of("1K " + SPS, "1 " + PPS, "1 " + SEI, "1M " + IDR), c.told());
    }

    @Test
    void annexB_insideFragments_isTakenApart() {
        byte[] slice = RtpBytes.nal(3000, IDR);
        byte[] unit = RtpBytes.join(RtpBytes.hex(SPS), RtpBytes.hex("00000001" + PPS + "00000001"), slice);
        Collected c = bare();
        for (int at = 1; at < unit.length; at += 1000) {
            int n = Math.min(1000, unit.length - at);
            boolean last = at + n == unit.length;
            int flags = (at == 1 ? 0x80 : 0) | (last ? 0x40 : 0) | 7;
            byte[] part = new byte[2 + n];
            part[0] = 0x7c;
            part[1] = (byte) flags;
            System.arraycopy(unit, at, part, 2, n);
            c.feed(1, last, part);
        }

        assertEquals(
                List.of(Bytes.copyOf(RtpBytes.hex(SPS)), Bytes.copyOf(RtpBytes.hex(PPS)), Bytes.copyOf(slice)),
                c.nals());
        assertTrue(c.packets.get(c.packets.size() - 1).marker());
    }

    @Test
    void fragments_thatFit_goOnAtOnceAndUncopied() {
        Collected c = described();
        byte[] first = RtpBytes.nal(1200, "7c85 88");
        c.feed(1, false, first);
        assertEquals(3, c.packets.size(), "nothing waits for the end");

        c.feed(1, false, RtpBytes.nal(800, "7c05")).feed(1, true, RtpBytes.nal(10, "7c45"));

        assertEquals(5, c.packets.size());
        assertEquals(1200, c.packets.get(2).payloadLength());
        assertTrue(c.packets.get(4).marker());
        assertFalse(c.packets.get(3).marker());
    }

    @Test
    void nal_tooLarge_isCutIntoFragments() {
        byte[] nal = RtpBytes.nal(5000, IDR);
        Collected c = described().feed(1, true, nal);

        assertEquals(Bytes.copyOf(nal), c.nals().get(2));
        assertSizes(c);
        assertEquals(2 + 5, c.packets.size());
        assertEquals(1200, c.packets.get(5).payloadLength(), "all but the last are full");
        assertTrue(c.packets.get(6).marker());
        assertEquals(1, c.packets.stream().filter(RtpPacket::marker).count());
    }

    @ParameterizedTest
    @ValueSource(ints = {1199, 1200, 1201, 1399, 1400, 2400, 9000, 60_000})
    void fragments_tooLarge_areCutAnewAsTheyCome(int partBytes) {
        byte[] nal = RtpBytes.nal(100_003, IDR);
        Collected c = described();
        for (int at = 1; at < nal.length; at += partBytes) {
            int n = Math.min(partBytes, nal.length - at);
            boolean last = at + n == nal.length;
            byte[] part = new byte[2 + n];
            part[0] = 0x7c;
            part[1] = (byte) ((at == 1 ? 0x80 : 0) | (last ? 0x40 : 0) | 5);
            System.arraycopy(nal, at, part, 2, n);
            c.feed(1, last, part);
        }

        assertEquals(Bytes.copyOf(nal), c.nals().get(2));
        assertSizes(c);
        assertEquals(1, c.packets.stream().filter(RtpPacket::marker).count());
        assertTrue(c.packets.get(c.packets.size() - 1).marker());
    }

    @Test
    void fragments_largeOnesAfterSmallOnes_areCutFromThereOn() {
        byte[] nal = RtpBytes.nal(1 + 500 + 3000, IDR);
        Collected c = described()
                .feed(1, false, RtpBytes.join(RtpBytes.hex("7c85"), slice(nal, 1, 501)))
                .feed(1, true, RtpBytes.join(RtpBytes.hex("7c45"), slice(nal, 501, 3501)));

        assertEquals(Bytes.copyOf(nal), c.nals().get(2));
        assertSizes(c);
    }

    @Test
    void fragment_firstAndLastAtOnce_becomesAWholeNal() {
        Collected c = described().feed(1, true, "7cc5" + IDR.substring(2));

        assertEquals("1M " + IDR, c.told().get(2));
    }

    @Test
    void fragments_withoutTheirLastBit_endWithTheNextNal() {
        byte[] nal = RtpBytes.nal(2001, IDR);
        Collected c = described()
                .feed(1, false, RtpBytes.join(RtpBytes.hex("7c85"), slice(nal, 1, 1501)))
                .feed(1, true, RtpBytes.join(RtpBytes.hex("7c05"), slice(nal, 1501, 2001)))
                .feed(2, true, SLICE);

        assertEquals(Bytes.copyOf(nal), c.nals().get(2));
        assertEquals("1M " + END, c.told().get(c.packets.size() - 2));
        assertEquals("2M " + SLICE, c.told().get(c.packets.size() - 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void fragments_oneLost_theRestIsDroppedAndANumberLeftOut(int lost) {
        Collected c = described().feed(1, true, SLICE);
        for (int i = 0; i < 4; i++) {
            if (i == lost) {
                c.lose(1);
            } else {
                int flags = (i == 0 ? 0x80 : 0) | (i == 3 ? 0x40 : 0) | 1;
                c.feed(2, i == 3, new byte[] {0x5c, (byte) flags, (byte) 0x9a, (byte) i});
            }
        }
        c.feed(3, true, SLICE);

        List<String> told = c.told();
        assertEquals(1, told.stream().filter(t -> t.startsWith("#")).count(), told::toString);
        assertEquals("3M " + SLICE, told.get(told.size() - 1).replace("#", ""));
        assertEquals(lost, told.stream().filter(t -> t.contains(" 5c")).count(), "what came before the loss");
    }

    @Test
    void loss_inFrontOfTheFirstPacketOut_leavesNoGap() {
        Collected c = described().feed(1, false, "5c01aa").lose(3).feed(2, true, SLICE);

        assertEquals(0, c.packets.get(0).sequenceNumber());
    }

    @Test
    void packetsOut_acrossTheRing_areNumberedInARow() {
        Collected c = bare();
        for (int i = 0; i < 70_000; i++) {
            c.feed(i, true, SLICE);
        }
        for (int i = 1; i < c.packets.size(); i++) {
            assertEquals(
                    1,
                    SequenceTracker.distance(
                            c.packets.get(i).sequenceNumber(),
                            c.packets.get(i - 1).sequenceNumber()));
        }
    }

    @Test
    void described_badBase64AndStartCodes_areReadAsFarAsTheyGo() {
        assertEquals(
                List.of(Bytes.copyOf(RtpBytes.hex(SPS)), Bytes.copyOf(RtpBytes.hex(PPS))),
                ParameterSets.decode(NalSyntax.H264, "AAAAAWdCAB6VoBQFAW7AAAAAAWjOPIA=,%%%%,AAAA, d29ybGQ="));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void anyPackets_neverThrowAndStayInForm(long seed) {
        Random random = new Random(seed);
        NalSyntax syntax = seed % 2 == 0 ? NalSyntax.H264 : NalSyntax.H265;
        String[] seeds = {
            SPS,
            PPS,
            IDR,
            SLICE,
            SEI,
            AUD,
            "78000b" + SPS,
            "7c85",
            "7c45",
            "7c05",
            "5cc1",
            "000001" + SPS,
            "4001",
            "4201",
            "4401",
            "2601",
            "6201 93",
            "6201 53",
            "6201 13",
            "6001 0003 2601aa",
            "0201"
        };
        for (int round = 0; round < 300; round++) {
            Collected c = new Collected(syntax);
            for (int i = 0; i < 60; i++) {
                byte[] start = RtpBytes.hex(seeds[random.nextInt(seeds.length)]);
                byte[] payload = new byte[random.nextInt(4) == 0 ? random.nextInt(5000) : random.nextInt(40)];
                random.nextBytes(payload);
                System.arraycopy(start, 0, payload, 0, Math.min(start.length, payload.length));
                if (random.nextInt(10) == 0 && payload.length > 0) {
                    payload[random.nextInt(payload.length)] ^= (byte) (1 << random.nextInt(8));
                }
                c.feed(random.nextInt(5), random.nextBoolean(), payload);
                c.lose(random.nextInt(8) / 7);
            }
            assertSizes(c);
        }
    }

    @Test
    void packetOut_isAWindowOnWhatCameIn() {
        byte[] packet = RtpBytes.packet(1, 1, true, RtpBytes.hex(SLICE));
        RtpView view = new RtpView();
        view.moveTo(packet, 0, packet.length);
        RtpPacket[] out = new RtpPacket[1];
        NalNormaliser normaliser =
                new NalNormaliser(NalSyntax.H264, List.of(), false, new NumberedPackets(p -> out[0] = p), c -> {});

        normaliser.receive(view, SequenceTracker.Arrival.NEXT, 0);

        packet[13] = 77; // nobody does this; it shows that the array is shared
        assertEquals(77, out[0].payloadAt(1));
        assertSame(view.bytes(), packet);
    }

    private static byte[] slice(byte[] bytes, int from, int to) {
        return java.util.Arrays.copyOfRange(bytes, from, to);
    }

    private static void assertSizes(Collected c) {
        for (RtpPacket p : c.packets) {
            assertTrue(p.payloadLength() > 0 && p.payloadLength() <= RtpPacket.MAX_PAYLOAD_BYTES);
        }
    }
}
