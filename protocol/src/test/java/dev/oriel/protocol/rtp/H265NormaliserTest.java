package dev.oriel.protocol.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.media.Bytes;
import dev.oriel.api.media.RtpPacket;
import dev.oriel.protocol.rtp.nal.NalSyntax;
import java.util.List;
import org.junit.jupiter.api.Test;

class H265NormaliserTest {

    private static final String VPS = "40010c01";
    private static final String SPS = "42010101";
    private static final String PPS = "4401c0f2";
    private static final String IDR = "2601af09"; // type 19, first slice
    private static final String SLICE = "0201d0aa"; // type 1, first slice

    @Test
    void idr_setsSentAlong_areInFrontOfIt() {
        Collected c = new Collected(NalSyntax.H265)
                .feed(1, false, PPS)
                .feed(1, false, VPS)
                .feed(1, false, SPS)
                .feed(1, false, "460150")
                .feed(1, true, IDR)
                .feed(2, true, SLICE);

        assertEquals(List.of("1K " + VPS, "1 " + SPS, "1 " + PPS, "1M " + IDR, "2M " + SLICE), c.told());
        assertEquals(1, c.codecs.size());
    }

    /** Two picture parameter sets, and two video parameter sets, of different numbers. */
    @Test
    void sets_ofSeveralNumbers_areKeptBesideEachOther() {
        String vps = "40011c01";
        String pps = "4401" + "50f2"; // number 1
        Collected c = new Collected(NalSyntax.H265)
                .feed(1, false, VPS)
                .feed(1, false, vps)
                .feed(1, false, SPS)
                .feed(1, false, PPS)
                .feed(1, false, pps)
                .feed(1, true, IDR);

        assertEquals(List.of("1K " + VPS, "1 " + vps, "1 " + SPS, "1 " + PPS, "1 " + pps, "1M " + IDR), c.told());
    }

    @Test
    void aggregate_isTakenApart() {
        Collected c = new Collected(NalSyntax.H265)
                .feed(1, true, "6001" + "0004" + VPS + "0004" + SPS + "0004" + PPS + "0004" + IDR);

        assertEquals(List.of("1K " + VPS, "1 " + SPS, "1 " + PPS, "1M " + IDR), c.told());
    }

    @Test
    void fragments_tooLarge_areCutAnew() {
        byte[] nal = RtpBytes.nal(4002, IDR);
        byte[] first = new byte[3 + 2000];
        byte[] last = new byte[3 + 2000];
        System.arraycopy(RtpBytes.hex("620193"), 0, first, 0, 3); // type 49, start, of type 19
        System.arraycopy(nal, 2, first, 3, 2000);
        System.arraycopy(RtpBytes.hex("620153"), 0, last, 0, 3); // end
        System.arraycopy(nal, 2002, last, 3, 2000);
        Collected c = new Collected(NalSyntax.H265).feed(1, false, first).feed(1, true, last);

        assertEquals(List.of(Bytes.copyOf(nal)), c.nals());
        assertTrue(c.packets.get(0).startsKeyframe());
        assertEquals(4, c.packets.size());
        assertTrue(c.packets.stream().allMatch(p -> p.payloadLength() <= RtpPacket.MAX_PAYLOAD_BYTES));
    }

    @Test
    void marker_missing_isMadeUpFor() {
        Collected c = new Collected(NalSyntax.H265).feed(1, false, SLICE).feed(2, true, SLICE);

        assertEquals(List.of("1 " + SLICE, "1M 4c0180", "2M " + SLICE), c.told());
    }
}
