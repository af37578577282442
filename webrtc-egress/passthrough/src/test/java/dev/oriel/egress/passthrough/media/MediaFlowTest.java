package dev.oriel.egress.passthrough.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.media.Codec;
import dev.oriel.api.media.EndReason;
import dev.oriel.api.media.Track;
import dev.oriel.protocol.rtcp.NtpTime;
import dev.oriel.protocol.rtcp.ReportBlock;
import dev.oriel.protocol.rtcp.RtcpPacket;
import dev.oriel.protocol.rtcp.RtcpReader;
import dev.oriel.protocol.rtcp.RtcpWriter;
import dev.oriel.protocol.srtp.MasterKey;
import dev.oriel.protocol.srtp.SrtpProfile;
import dev.oriel.protocol.srtp.SrtpReceiver;
import dev.oriel.protocol.srtp.SrtpSender;
import dev.oriel.protocol.webrtc.Answer;
import dev.oriel.protocol.webrtc.SentTrack;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One viewer's flow in virtual time; what goes out is decrypted as the viewer would. */
class MediaFlowTest {

    private static final long MILLI = 1_000_000L;
    private static final int VIDEO_SSRC = 0x11;
    private static final int AUDIO_SSRC = 0x22;
    private static final int RTX_SSRC = 0x33;
    private static final MasterKey OURS = new MasterKey(SrtpProfile.AEAD_AES_128_GCM, new byte[16], new byte[12]);
    private static final MasterKey THEIRS = new MasterKey(
            SrtpProfile.AEAD_AES_128_GCM,
            new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16},
            new byte[12]);

    private long time;
    private final FakeLease lease = new FakeLease();
    private final Counters counters = new Counters();
    private final Handover handover = new Handover(() -> lease.wakes++, () -> time);
    private final SrtpReceiver viewersReceiver = new SrtpReceiver(OURS);
    private final SrtpSender viewersSender = new SrtpSender(THEIRS);
    private final List<byte[]> video = new ArrayList<>();
    private final List<byte[]> audio = new ArrayList<>();
    private final List<byte[]> again = new ArrayList<>();
    private final List<byte[]> raw = new ArrayList<>();
    private final List<RtcpPacket> reports = new ArrayList<>();
    private boolean room = true;
    private boolean overloaded;
    private final MediaFlow flow = flow(new SentTrack(Packets.VIDEO, 108, VIDEO_SSRC, OptionalInt.empty()));

    @Test
    void start_longGroup_leavesInPortionsAndLiveComesAfterIt() {
        lease.group = IntStream.range(0, 500)
                .mapToObj(i -> Packets.packet(i, i * 3600, i == 0, 0, 1000))
                .toList();

        flow.start(0);
        handover.onPacket(Packets.VIDEO, Packets.packet(500, 500 * 3600, false, 0, 1000));
        assertEquals(64, video.size(), "64 KiB at once");
        flow.drain(MILLI);
        assertEquals(64, video.size(), "no more before its time");
        for (int i = 1; i < 8; i++) {
            assertEquals(i * 4 * MILLI, flow.deadlineNanos());
            flow.wake(i * 4 * MILLI);
        }

        assertEquals(501, video.size());
        for (int i = 1; i < 501; i++) {
            assertEquals(Packets.sequence(video.get(i - 1)) + 1 & 0xffff, Packets.sequence(video.get(i)));
        }
    }

    @Test
    void control_nack_isAnsweredWithTheSamePacket() {
        flow.start(0);
        for (int i = 0; i < 20; i++) {
            handover.onPacket(Packets.VIDEO, Packets.picture(i, i == 0));
        }
        flow.drain(0);
        byte[] missed = video.get(4);
        int sequence = Packets.sequence(missed);
        SrtpReceiver fresh = new SrtpReceiver(OURS);
        raw.clear();

        control(MILLI, new RtcpPacket.Nack(1, VIDEO_SSRC, List.of(sequence, sequence + 1, sequence - 300 & 0xffff)));

        assertEquals(2, raw.size());
        byte[] plain = new byte[2048];
        OptionalInt length = fresh.unprotect(raw.get(0), 0, raw.get(0).length, plain);
        assertEquals(missed.length, length.orElseThrow());
        assertTrue(Arrays.equals(missed, Arrays.copyOf(plain, missed.length)));
        assertEquals(3, counters.nacks());
    }

    @Test
    void control_nackWhereRtxWasAgreedOn_isAnsweredThere() {
        MediaFlow other = flow(new SentTrack(
                Packets.VIDEO, 108, VIDEO_SSRC, OptionalInt.empty(), Optional.of(new SentTrack.Rtx(109, RTX_SSRC))));
        other.start(0);
        for (int i = 0; i < 20; i++) {
            handover.onPacket(Packets.VIDEO, Packets.picture(i, i == 0));
        }
        other.drain(0);
        byte[] missed = video.get(4);
        List<Integer> asked = List.of(Packets.sequence(missed), Packets.sequence(missed));

        control(other, MILLI, new RtcpPacket.Nack(1, VIDEO_SSRC, asked));
        control(other, 2 * MILLI, new RtcpPacket.Nack(1, VIDEO_SSRC, asked));

        assertEquals(20, video.size());
        assertEquals(4, again.size(), "each under a number of its own");
        for (byte[] packet : again) {
            // The original number stands before the payload; marker and timestamp are the same.
            assertEquals(109 | 0x80, packet[1] & 0xff);
            assertEquals(Packets.timestamp(missed), Packets.timestamp(packet));
            assertEquals(Packets.sequence(missed), (packet[12] & 0xff) << 8 | packet[13] & 0xff);
            assertArrayEquals(
                    Arrays.copyOfRange(missed, 12, missed.length), Arrays.copyOfRange(packet, 14, packet.length));
        }
    }

    @Test
    void control_nackOfSound_isAnsweredToo() {
        flow.start(0);
        for (int i = 0; i < 50; i++) {
            handover.onPacket(Packets.AUDIO, Packets.packet(i, i * 160, false, 0, 160));
        }
        flow.drain(0);
        raw.clear();

        control(MILLI, new RtcpPacket.Nack(1, AUDIO_SSRC, List.of(Packets.sequence(audio.get(30)))));

        assertEquals(1, raw.size());
    }

    @Test
    void control_nacksWithoutEnd_areAnsweredAtABoundedRate() {
        flow.start(0);
        for (int i = 0; i < 20; i++) {
            handover.onPacket(Packets.VIDEO, Packets.picture(i, i == 0));
        }
        flow.drain(0);
        raw.clear();
        List<Integer> asked = video.stream().map(Packets::sequence).toList();

        for (int i = 0; i < 2000; i++) {
            control(i * MILLI, new RtcpPacket.Nack(1, VIDEO_SSRC, asked));
        }

        long media = raw.stream().filter(p -> (p[1] & 0x7f) == 108).count();
        assertTrue(media > 1000 && media < 3000, media + " packets within two seconds");
    }

    @Test
    void control_reports_tellHowTheViewerIsReached() {
        flow.start(0);
        handover.onPacket(Packets.VIDEO, Packets.picture(0, true));
        handover.onPacket(Packets.AUDIO, Packets.packet(0, 0, false, 0, 160));
        flow.drain(0);
        int reported = NtpTime.middle(NtpTime.ofUnixNanos(1000 * MILLI));
        int held = 65_536 / 2;

        control(
                1700 * MILLI,
                new RtcpPacket.ReceiverReport(
                        1,
                        List.of(
                                new ReportBlock(AUDIO_SSRC, 128, 3, 0, 8, reported, held),
                                new ReportBlock(VIDEO_SSRC, 64, 7, 0, 900, reported, held))));

        assertEquals(10, counters.packetsLost());
        assertEquals(0.25, counters.reception().lossFraction());
        assertEquals(10_000, counters.reception().jitterMicros());
        long roundTrip = counters.reception().roundTripMicros().orElseThrow();
        assertEquals(200_000, roundTrip, 50);

        control(
                1800 * MILLI,
                new RtcpPacket.ReceiverReport(1, List.of(new ReportBlock(VIDEO_SSRC, 0, 7, 0, 900, 0, 0))));
        assertEquals(0.0, counters.reception().lossFraction());
        assertEquals(roundTrip, counters.reception().roundTripMicros().orElseThrow(), "no report answered");
    }

    @Test
    void control_pictureLost_isAnsweredFromTheGroupAtMostTwiceASecond() {
        lease.group = List.of(Packets.picture(0, true), Packets.picture(1, false));
        flow.start(0);
        int first = video.size();

        for (int i = 0; i < 10; i++) {
            control(i * 10 * MILLI, new RtcpPacket.PictureLoss(1, VIDEO_SSRC));
        }
        assertEquals(0, lease.replays);
        assertEquals(500 * MILLI, Math.max(flow.deadlineNanos(), 500 * MILLI));
        flow.wake(499 * MILLI);
        assertEquals(0, lease.replays);
        flow.wake(500 * MILLI);
        flow.wake(2000 * MILLI);

        assertEquals(1, lease.replays);
        assertEquals(first + 2, video.size());
        assertEquals(10, counters.pictureRequests());
    }

    @Test
    void replay_whileVideoWaits_takesItsPlace() {
        flow.start(0);
        handover.onPacket(Packets.VIDEO, Packets.picture(0, true));
        handover.onPacket(Packets.AUDIO, Packets.packet(0, 0, false, 0, 160));
        handover.onPacket(Packets.VIDEO, Packets.picture(1, false));
        lease.group = List.of(Packets.picture(0, true), Packets.picture(1, false));

        control(600 * MILLI, new RtcpPacket.FullIntraRequest(1, List.of(VIDEO_SSRC)));

        assertEquals(2, video.size(), "not twice");
        assertEquals(1, audio.size());
    }

    @Test
    void reports_goOutForEachTrackThatHasSent() {
        flow.start(0);
        handover.onPacket(Packets.AUDIO, Packets.packet(0, 0, false, 0, 160));
        flow.drain(0);

        flow.wake(flow.deadlineNanos());
        flow.wake(flow.deadlineNanos());

        assertEquals(
                List.of(AUDIO_SSRC, AUDIO_SSRC),
                reports.stream()
                        .filter(RtcpPacket.SenderReport.class::isInstance)
                        .map(RtcpPacket::senderSsrc)
                        .toList());
        assertTrue(reports.contains(new RtcpPacket.SourceDescription(AUDIO_SSRC, "oriel")));
    }

    @Test
    void control_pictureLostWhileNothingComes_isNoReasonToShowTheLastSecondsAgain() {
        lease.group = List.of(Packets.picture(0, true));
        flow.start(0);
        handover.onPacket(Packets.VIDEO, Packets.picture(25, false));
        flow.drain(1000 * MILLI);

        control(3000 * MILLI, new RtcpPacket.PictureLoss(1, VIDEO_SSRC));
        flow.wake(4000 * MILLI);
        assertEquals(0, lease.replays);

        handover.onPacket(Packets.VIDEO, Packets.picture(125, false));
        flow.drain(5000 * MILLI);
        control(5100 * MILLI, new RtcpPacket.PictureLoss(1, VIDEO_SSRC));
        assertEquals(1, lease.replays);
    }

    @Test
    void tracks_ofAnotherCodec_endTheSessionWithTheReason() {
        flow.start(0);
        Track changed = new Track(0, Packets.VIDEO.kind(), new Codec.H265(List.of()), 90_000, 1);
        handover.onTracks(List.of(changed, Packets.AUDIO));
        handover.onPacket(changed, Packets.picture(0, true));
        flow.drain(0);

        assertEquals(0, video.size());
        assertEquals(
                "The camera now sends its video as H265, no longer as H264.",
                flow.end().orElseThrow().sentence());
    }

    @Test
    void tracks_withoutVideo_endTheSession_withoutSoundDoNot() {
        flow.start(0);
        handover.onTracks(List.of(Packets.VIDEO));
        flow.drain(0);
        assertEquals(Optional.empty(), flow.end());

        handover.onTracks(List.of(Packets.AUDIO));
        flow.drain(0);
        assertEquals(
                "The camera no longer sends video.", flow.end().orElseThrow().sentence());
    }

    @Test
    void tracks_inAnotherOrderAfterARestart_goOn() {
        flow.start(0);
        handover.onPacket(Packets.VIDEO, Packets.picture(0, true));
        Track sound = new Track(0, Packets.AUDIO.kind(), Packets.AUDIO.codec(), 8000, 1);
        Track picture = new Track(1, Packets.VIDEO.kind(), Packets.VIDEO.codec(), 90_000, 1);
        handover.onTracks(List.of(sound, picture));
        handover.onPacket(picture, Packets.packet(7, 1, true, 0, 100));
        handover.onPacket(sound, Packets.packet(9, 1, false, 0, 160));
        flow.drain(0);

        assertEquals(2, video.size());
        assertEquals(Packets.sequence(video.get(0)) + 1, Packets.sequence(video.get(1)));
        assertEquals(1, audio.size());
        assertEquals(Optional.empty(), flow.end());
    }

    @Test
    void overflow_dropsToTheNextKeyframeAndCounts() {
        flow.start(0);
        for (int i = 0; i < 6000; i++) {
            handover.onPacket(Packets.VIDEO, Packets.picture(i, i == 0));
        }
        assertEquals(6000 - 4096, handover.dropped());
        for (long t = 0; t < 100; t++) {
            flow.drain(t * 4 * MILLI);
        }
        handover.onPacket(Packets.VIDEO, Packets.picture(6000, false));
        handover.onPacket(Packets.VIDEO, Packets.picture(6001, true));
        flow.drain(1000 * MILLI);

        assertEquals(4097, video.size());
        assertEquals(6001, video.get(4096)[12 + 2] << 8 & 0xff00 | video.get(4096)[12 + 3] & 0xff);
    }

    @Test
    void lag_ofMoreThanASecond_dropsWhatWaitsUpToTheNextKeyframe() {
        flow.start(0);
        for (int i = 0; i < 50; i++) {
            time = i * 40 * MILLI;
            handover.onPacket(Packets.VIDEO, Packets.picture(i, i == 0));
            handover.onPacket(Packets.AUDIO, Packets.packet(i, i * 160, false, 0, 160));
        }
        flow.drain(time);

        assertEquals(0, video.size(), "nobody wants to see a picture of a second ago");
        assertEquals(50, audio.size());
        assertEquals(50, handover.dropped());

        time += 40 * MILLI;
        handover.onPacket(Packets.VIDEO, Packets.picture(50, true));
        handover.onPacket(Packets.VIDEO, Packets.picture(51, false));
        flow.drain(time);
        assertEquals(2, video.size());
    }

    @Test
    void control_pictureLostWhileThereIsTooMuchToSend_waitsForTheNextKeyframe() {
        lease.group = List.of(Packets.picture(0, true));
        flow.start(0);
        overloaded = true;

        control(600 * MILLI, new RtcpPacket.PictureLoss(1, VIDEO_SSRC));
        assertEquals(0, lease.replays);

        overloaded = false;
        control(1200 * MILLI, new RtcpPacket.PictureLoss(1, VIDEO_SSRC));
        assertEquals(1, lease.replays);
    }

    @Test
    void control_picturesLostAllTheTime_costAtMostAMegabyteASecond() {
        lease.group = IntStream.range(0, 2000)
                .mapToObj(i -> Packets.packet(i, i * 3600, i == 0, 0, 1000))
                .toList();
        flow.start(0);
        for (long t = 0; t < 20_000; t += 4) {
            handover.onPacket(Packets.VIDEO, Packets.packet(2000 + (int) t / 4, (int) (2000 + t) * 3600, false, 0, 10));
            flow.wake(t * MILLI);
            control(t * MILLI, new RtcpPacket.PictureLoss(1, VIDEO_SSRC));
        }

        assertTrue(lease.replays >= 7 && lease.replays <= 10, lease.replays + " groups of 2 MB in 20 s");
    }

    @Test
    void send_socketWithoutRoom_isCounted() {
        flow.start(0);
        room = false;
        handover.onPacket(Packets.VIDEO, Packets.picture(0, true));
        flow.drain(0);

        assertEquals(1, counters.unsent());
        assertEquals(0, counters.packetsSent());
    }

    @Test
    void end_ofTheLease_isTold() {
        flow.start(0);
        handover.onEnd(EndReason.CLOSED);
        flow.drain(0);

        assertEquals(Optional.of(EndReason.CLOSED), flow.end());
    }

    @Test
    void wake_isAskedForOnceUntilEverythingWasPolled() {
        flow.start(0);
        int before = lease.wakes;
        for (int i = 0; i < 10; i++) {
            handover.onPacket(Packets.VIDEO, Packets.picture(i, i == 0));
        }
        assertEquals(before + 1, lease.wakes);
        flow.drain(0);
        handover.onPacket(Packets.VIDEO, Packets.picture(10, false));
        assertEquals(before + 2, lease.wakes);
    }

    private MediaFlow flow(SentTrack picture) {
        SentTrack sound = new SentTrack(Packets.AUDIO, 8, AUDIO_SSRC, OptionalInt.empty());
        return new MediaFlow(
                lease,
                handover,
                new CameraHistory(),
                new Answer("", List.of(picture, sound)),
                new MediaFlow.Keys(new SrtpSender(OURS), new SrtpReceiver(THEIRS)),
                counters,
                MediaFlow.Scratch.create(),
                new MediaFlow.Out() {
                    @Override
                    public boolean send(byte[] packet, int length) {
                        return sent(packet, length);
                    }

                    @Override
                    public boolean isOverloaded() {
                        return overloaded;
                    }
                },
                new Random(1),
                0);
    }

    private boolean sent(byte[] packet, int length) {
        if (!room) {
            return false;
        }
        raw.add(Arrays.copyOf(packet, length));
        byte[] plain = new byte[2048];
        boolean control = (packet[1] & 0xff) >= 192 && (packet[1] & 0xff) <= 223;
        if (control) {
            int n = viewersReceiver.unprotectControl(packet, 0, length, plain).orElseThrow();
            reports.addAll(RtcpReader.read(plain, 0, n));
        } else {
            viewersReceiver.unprotect(packet, 0, length, plain).ifPresent(n -> {
                byte[] rtp = Arrays.copyOf(plain, n);
                (rtp[11] == VIDEO_SSRC ? video : rtp[11] == RTX_SSRC ? again : audio).add(rtp);
            });
        }
        return true;
    }

    private void control(long now, RtcpPacket packet) {
        control(flow, now, packet);
    }

    private void control(MediaFlow to, long now, RtcpPacket packet) {
        byte[] plain = new byte[400];
        byte[] sealed = new byte[500];
        RtcpWriter writer = new RtcpWriter(plain)
                .add(new RtcpPacket.ReceiverReport(1, List.of()))
                .add(packet);
        int length = viewersSender.protectControl(plain, writer.length(), sealed);
        to.receiveControl(now, sealed, 0, length);
    }
}
