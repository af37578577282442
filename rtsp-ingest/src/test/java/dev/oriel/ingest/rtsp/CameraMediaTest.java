package dev.oriel.ingest.rtsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.media.Codec;
import dev.oriel.api.media.RtpPacket;
import dev.oriel.testkit.scripted.ScriptedCamera;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What users of other programs have reported of their cameras' media, one test for each habit, over real sockets up to the
 * sink. The numbers are those of the reports.
 */
@Timeout(60)
class CameraMediaTest {

    private static final int SPS = 0x67;
    private static final int PPS = 0x68;
    private static final int IDR = 0x65;
    private static final int P = 0x41;
    private static final int FU_A = 28;

    private final RtspIngestEngine engine = new RtspIngestEngine();
    private final SinkLog sink = new SinkLog();

    @AfterEach
    void stopEngine() {
        engine.stop();
    }

    /** The first packets that come of a script. */
    private List<RtpPacket> packets(String script, int count) throws Exception {
        try (ScriptedCamera camera = ScriptedCamera.of(script)) {
            engine.open(SourceLocation.parse(camera.url()), camera.script().options(), sink);
            List<RtpPacket> packets = new ArrayList<>();
            while (packets.size() < count) {
                packets.add(sink.packet());
            }
            return packets;
        }
    }

    private static List<Integer> types(List<RtpPacket> packets) {
        return packets.stream().map(packet -> packet.payloadAt(0) & 0xff).toList();
    }

    /**
     * Described only, in the stream only, behind start codes (Tapo TC70, Reolink Duo 2, in the code of go2rtc), late: yi-hack
     * 1153, owt 649, jmuxer 47, and {@code h264sps} of Janus.
     */
    @ParameterizedTest
    @ValueSource(strings = {"marker-missing", "sets-in-the-stream", "sets-annexb", "marker-on-sets"})
    void sets_ofAnyOrigin_standInFrontOfTheKeyframe(String script) throws Exception {
        List<RtpPacket> packets = packets(script, 3);

        assertEquals(List.of(SPS, PPS, IDR), types(packets));
        assertTrue(packets.get(0).startsKeyframe());
    }

    /** jmuxer 47, owt 649: what came before its sets is no loss of the session. */
    @Test
    void sets_late_standInFrontOfTheNextKeyframe() throws Exception {
        List<RtpPacket> packets = packets("sets-late", 6);

        assertEquals(List.of(IDR, P, SPS, PPS, IDR, P), types(packets));
        assertTrue(packets.get(2).startsKeyframe());
    }

    /** Infrared switch and "smart codec": jmuxer 47. */
    @Test
    void sets_changedWhilePlaying_areToldBeforeTheirKeyframe() throws Exception {
        List<RtpPacket> packets = packets("sets-changed", 6);

        assertEquals(List.of(SPS, PPS, IDR, SPS, PPS, IDR), types(packets));
        Codec.H264 first = (Codec.H264) sink.tracks().get(0).codec();
        Codec.H264 second = (Codec.H264) sink.tracks().get(0).codec();
        assertNotEquals(first.parameterSets(), second.parameterSets());
    }

    /** FLIR: without a marker browsers wait for the rest of the picture. */
    @Test
    void marker_missing_isMadeUp() throws Exception {
        List<RtpPacket> packets = packets("marker-missing", 5);

        RtpPacket end = packets.get(3);
        assertTrue(end.marker(), "the keyframe's end");
        assertEquals(packets.get(2).timestamp(), end.timestamp());
        assertEquals(P, packets.get(4).payloadAt(0) & 0xff);
    }

    /** Tapo, Reolink: a picture that ends before it has begun. */
    @Test
    void marker_onSets_isTakenOff() throws Exception {
        List<RtpPacket> packets = packets("marker-on-sets", 4);

        assertEquals(
                List.of(false, false, true, true),
                packets.stream().map(RtpPacket::marker).toList());
    }

    /** Reolink, Tapo, in the code of go2rtc; yi-hack 1153. */
    @Test
    void nalUnits_severalBehindStartCodes_areTakenApart() throws Exception {
        List<RtpPacket> packets = packets("sets-annexb", 3);

        assertEquals(List.of(SPS, PPS, IDR), types(packets));
        assertTrue(packets.get(2).marker());
    }

    /** Tapo, in the code of go2rtc: more than a path through the internet takes. */
    @Test
    void packet_of10000Bytes_isCut() throws Exception {
        List<RtpPacket> packets = packets("packet-of-10000-bytes", 2 + 9 + 1);

        int bytes = 0;
        for (RtpPacket packet : packets.subList(2, 11)) {
            assertEquals(FU_A, packet.payloadAt(0) & 0x1f);
            assertTrue(packet.payloadLength() <= 1200);
            bytes += packet.payloadLength() - 2;
        }
        assertEquals(9_999, bytes, "all but the byte that each fragment repeats");
        assertTrue(packets.get(10).marker());
        assertEquals(P, packets.get(11).payloadAt(0) & 0xff);
    }

    /** Reolink: go2rtc 83, 212, 214, 231, 236, 365, home-assistant 130091. */
    @Test
    void corruptFrame_isPassedOverUpToTheNextKeyframe() throws Exception {
        List<RtpPacket> packets = packets("corrupt-length", 7);

        // What there is of the broken frame begins with the next frame's header, which is no NAL unit.
        assertEquals(List.of(SPS, PPS, IDR, SPS, PPS, IDR, P), types(packets));
        assertTrue(packets.get(3).startsKeyframe());
    }

    /** mediamtx 1328, 3225. */
    @Test
    void datagrams_outOfOrderAndTwice_comeInOrderAndOnce() throws Exception {
        List<RtpPacket> packets = packets("udp-out-of-order", 6);

        assertEquals(List.of(SPS, PPS, IDR, P, P, P), types(packets));
        for (int i = 3; i < packets.size(); i++) {
            assertEquals(
                    packets.get(i - 1).sequenceNumber() + 1 & 0xffff,
                    packets.get(i).sequenceNumber());
            assertTrue(packets.get(i).timestamp() - packets.get(i - 1).timestamp() > 0);
        }
    }

    /** mediamtx 3226, 3602: a number is left out, so that browsers know of it. */
    @Test
    void datagram_lost_leavesAGap() throws Exception {
        List<RtpPacket> packets = packets("udp-lost", 4);

        assertEquals(
                packets.get(2).sequenceNumber() + 2 & 0xffff, packets.get(3).sequenceNumber());
    }

    /** Whoever else sends to our ports is not shown. */
    @Test
    void datagrams_ofStrangers_areNotShown() throws Exception {
        List<RtpPacket> packets = packets("udp-other-port", 4);

        assertEquals(List.of(SPS, PPS, IDR, P), types(packets));
        assertEquals(
                packets.get(2).sequenceNumber() + 2 & 0xffff, packets.get(3).sequenceNumber(), "one was a stranger's");
    }

    /** What somebody at another address sends is shown, if the camera has named that address. */
    @Test
    void datagrams_ofAnAddressThatWasNamed_areShown() throws Exception {
        assertEquals(List.of(SPS, PPS, IDR, P), types(packets("udp-source-elsewhere", 4)));
    }

    @Test
    void datagrams_ofAnAddressThatNobodyNamed_areNotShown() throws Exception {
        assertEquals(List.of(SPS, PPS, IDR), types(packets("udp-elsewhere-unnamed", 3)));
    }
}
