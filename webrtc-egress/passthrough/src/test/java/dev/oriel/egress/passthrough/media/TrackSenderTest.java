package dev.oriel.egress.passthrough.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.media.RtpPacket;
import dev.oriel.protocol.rtcp.NtpTime;
import dev.oriel.protocol.rtcp.RtcpPacket;
import dev.oriel.protocol.webrtc.SentTrack;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TrackSenderTest {

    private static final int FIRST_SEQUENCE = 100;

    private final TrackSender sender = sender(OptionalInt.empty());
    private final byte[] out = new byte[2048];

    @Test
    void live_anyPacket_isWrittenInTheViewersNumbers() {
        int length = sender.live(Packets.picture(7, true), out);

        assertEquals(112, length);
        // version 2; marker, type 108; sequence number 101; timestamp 5000; source 0xabcd
        assertEquals(
                "80ec0065" + "00001388" + "0000abcd" + "00000007",
                HexFormat.of().formatHex(out, 0, 16));
    }

    @Test
    void live_videoLostOnTheWayFromTheCamera_leavesNoGapThatAViewerWouldWaitAt() {
        int start = send(65_530);
        for (int i = 65_531; i < 65_530 + 200_000; i++) {
            assertEquals(start + i - 65_530 & 0xffff, send(i));
        }
        int before = send(200_000 + 65_530);

        assertEquals(before + 1 & 0xffff, send(200_000 + 65_535));
        assertTrue(sender.index() > 3 * 65_536L, "wraps are counted");
    }

    @Test
    void live_soundLostOnTheWayFromTheCamera_leavesItsGapForTheViewerToFill() {
        TrackSender sound =
                new TrackSender(new SentTrack(Packets.AUDIO, 8, 0xabcd, OptionalInt.empty()), FIRST_SEQUENCE, 5000);
        sound.live(Packets.packet(65_534, 0, false, 0, 160), out);
        int before = Packets.sequence(out);
        sound.live(Packets.packet(1, 480, false, 0, 160), out);

        assertEquals(before + 3, Packets.sequence(out));
        assertTrue(sound.find(before + 1).isEmpty(), "lost by the camera");
    }

    @Test
    void live_afterTheCameraWasAway_goesOnByTheTimeThatPassed() {
        sender.live(Packets.packet(10, 1000, true, 0, 10), out);
        int sequence = Packets.sequence(out);
        int timestamp = Packets.timestamp(out);

        sender.resume();
        sender.live(Packets.packet(60_000, -77_777, true, 2_000_000_000L, 10), out);

        assertEquals(sequence + 1, Packets.sequence(out));
        assertEquals(timestamp + 180_000, Packets.timestamp(out));
        sender.live(Packets.packet(60_001, -77_777 + 3600, false, 2_040_000_000L, 10), out);
        assertEquals(sequence + 2, Packets.sequence(out));
        assertEquals(timestamp + 183_600, Packets.timestamp(out));
    }

    @Test
    void live_afterTheCameraWasAway_neverGoesBackInTime() {
        sender.live(Packets.packet(10, 50_000, true, 0, 10), out);
        int timestamp = Packets.timestamp(out);

        sender.resume();
        sender.live(Packets.packet(10, 0, true, 300_000_000L, 10), out);

        assertEquals(timestamp + 27_000, Packets.timestamp(out));
    }

    @Test
    void live_afterMereNewParameters_keepsTheSourcesOwnRhythm() {
        sender.live(Packets.packet(10, 1000, true, 0, 10), out);
        int timestamp = Packets.timestamp(out);

        sender.resume();
        sender.live(Packets.packet(11, 4600, true, 47_000_000L, 10), out);

        assertEquals(timestamp + 3600, Packets.timestamp(out), "7 ms of jitter are none of the viewer's business");
    }

    @Test
    void replay_atJoin_liesInTinyStepsRightBeforeTheLivePicture() {
        Replay replay = group(0, 250);
        sender.begin(replay);
        int last = 0;
        for (int i = 0; i < 250; i++) {
            sender.replay(Packets.picture(i, i == 0), out);
            int step = Packets.timestamp(out) - last;
            assertTrue(i == 0 || step >= 1 && step <= 90, "step " + step);
            last = Packets.timestamp(out);
        }

        sender.live(Packets.picture(250, false), out);

        assertEquals(Packets.FRAME_TICKS, Packets.timestamp(out) - last);
        assertEquals(FIRST_SEQUENCE + 251, Packets.sequence(out));
    }

    @Test
    void replay_toAViewerWhoHasSeenItAll_goesForwardInTimeAllTheSame() {
        for (int i = 0; i < 250; i++) {
            sender.live(Packets.picture(i, i == 0), out);
        }
        int last = Packets.timestamp(out);
        int natural = last + Packets.FRAME_TICKS;

        sender.begin(group(0, 250));
        for (int i = 0; i < 250; i++) {
            sender.replay(Packets.picture(i, i == 0), out);
            assertTrue(Packets.timestamp(out) - last > 0);
            last = Packets.timestamp(out);
        }
        sender.live(Packets.picture(250, false), out);

        assertEquals(natural, Packets.timestamp(out));
        assertTrue(natural - last > 0);
        assertEquals(FIRST_SEQUENCE + 501, Packets.sequence(out));
    }

    @Test
    void live_restOfThePictureThatTheReplayEndedIn_hasItsTimestamp() {
        sender.begin(group(0, 3));
        for (int i = 0; i < 3; i++) {
            sender.replay(Packets.picture(i, i == 0), out);
        }
        int last = Packets.timestamp(out);

        sender.live(Packets.packet(3, 2 * Packets.FRAME_TICKS, false, 0, 10), out);

        assertEquals(last, Packets.timestamp(out));
    }

    @Test
    void again_packetStillKept_isTheSameToTheByte() {
        TrackSender extended = sender(OptionalInt.of(5));
        int length = extended.live(Packets.picture(0, true), out);
        byte[] first = Arrays.copyOf(out, length);
        int asked = Packets.sequence(out);
        for (int i = 1; i < 1000; i++) {
            extended.live(Packets.picture(i, false), out);
        }

        OptionalLong found = extended.find(asked);

        assertEquals(length, extended.again(found.orElseThrow(), out));
        assertArrayEquals(first, Arrays.copyOf(out, length));
        // extension header of one word: element 5 of three bytes, all 0
        assertEquals("bede000152000000", HexFormat.of().formatHex(first, 12, 20));
    }

    @Test
    void find_neverSentOrLongGone_isNothing() {
        for (int i = 0; i < 20_000; i++) {
            sender.live(Packets.picture(i < 19_990 ? i : i + 5, false), out);
        }
        int newest = Packets.sequence(out);

        assertTrue(sender.find(newest).isPresent());
        assertTrue(sender.find(newest + 1 & 0xffff).isEmpty(), "not sent yet");
        assertTrue(sender.find(newest - 9000 & 0xffff).isEmpty(), "not kept any more");
    }

    @Test
    void report_tiesTheClocksTogether() {
        RtpPacket packet = Packets.picture(10, true);
        sender.live(packet, out);

        RtcpPacket.SenderReport report = sender.report(packet.timeNanos() + 1_000_000_000L, 1_790_000_000_000_000_000L);

        assertEquals(Packets.timestamp(out) + 90_000, report.rtpTimestamp());
        assertEquals(NtpTime.ofUnixNanos(1_790_000_000_000_000_000L), report.ntpTimestamp());
        assertEquals(1, report.packetCount());
        assertEquals(100, report.octetCount());
    }

    private int send(int number) {
        sender.live(Packets.picture(number, false), out);
        return Packets.sequence(out);
    }

    private static Replay group(int from, int count) {
        Replay replay = new Replay(0);
        for (int i = from; i < from + count; i++) {
            replay.add(i * Packets.FRAME_TICKS);
        }
        return replay;
    }

    private static TrackSender sender(OptionalInt playoutDelay) {
        return new TrackSender(new SentTrack(Packets.VIDEO, 108, 0xabcd, playoutDelay), FIRST_SEQUENCE, 5000);
    }
}
