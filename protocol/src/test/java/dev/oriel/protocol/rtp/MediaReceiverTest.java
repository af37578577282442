package dev.oriel.protocol.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.media.Codec;
import dev.oriel.api.media.EndReason;
import dev.oriel.api.media.MediaSink;
import dev.oriel.api.media.RtpPacket;
import dev.oriel.api.media.Track;
import dev.oriel.protocol.sdp.SessionDescription;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MediaReceiverTest {

    private static final long MS = 1_000_000;

    private final List<List<Track>> tracks = new ArrayList<>();
    private final List<RtpPacket> video = new ArrayList<>();
    private final List<RtpPacket> audio = new ArrayList<>();
    private final List<MediaFormat> offered = MediaFormat.of(SessionDescription.parse(String.join(
            "\n",
            "m=audio 0 RTP/AVP 97",
            "a=rtpmap:97 MPEG4-GENERIC/16000",
            "m=video 0 RTP/AVP 96",
            "a=rtpmap:96 H264/90000",
            "m=audio 0 RTP/AVP 0 101",
            "m=video 0 RTP/AVP 96",
            "a=rtpmap:96 H264/90000")));
    private final MediaReceiver receiver =
            new MediaReceiver(offered, List.of(offered.get(1), offered.get(2)), new MediaSink() {
                @Override
                public void onTracks(List<Track> told) {
                    tracks.add(told);
                }

                @Override
                public void onPacket(Track track, RtpPacket packet) {
                    assertTrue(tracks.get(tracks.size() - 1).contains(track), "a track told last");
                    (track.index() == 1 ? video : audio).add(packet);
                }

                @Override
                public void onEnd(EndReason reason) {
                    throw new AssertionError("not here");
                }
            });

    private void rtp(long nowMillis, int line, byte[] packet) {
        receiver.rtp(nowMillis * MS, line, packet, 0, packet.length);
    }

    private void report(int line, long ntpMillis, int timestamp) {
        byte[] report = ByteBuffer.allocate(28)
                .put((byte) 0x80)
                .put((byte) 200)
                .putShort((short) 6)
                .putInt(RtpBytes.SSRC)
                .putInt((int) (3_970_000_000L + ntpMillis / 1000))
                .putInt((int) ((ntpMillis % 1000 << 32) / 1000))
                .putInt(timestamp)
                .putInt(1)
                .putInt(1)
                .array();
        receiver.rtcp(line, report, 0, report.length);
    }

    private static byte[] sound(int sequence, int timestamp, int bytes) {
        return RtpBytes.packet(sequence, timestamp, false, new byte[bytes]);
    }

    @Test
    void begin_tellsWhatComesAndWhatCannotBePassedOn() {
        receiver.begin();

        assertEquals(
                List.of("MPEG4-GENERIC", "H264", "PCMU"),
                tracks.get(0).stream().map(t -> t.codec().encodingName()).toList());
        assertEquals(List.of(0, 1, 2), tracks.get(0).stream().map(Track::index).toList());
    }

    @Test
    void rtp_newParameterSets_areToldBeforeTheKeyframe() {
        receiver.begin();
        rtp(0, 0, RtpBytes.packet(1, 1, false, RtpBytes.hex("6742001e95a01405016ec0")));
        rtp(0, 0, RtpBytes.packet(2, 1, false, RtpBytes.hex("68ce3c80")));
        rtp(0, 0, RtpBytes.packet(3, 1, true, RtpBytes.hex("65888404")));

        assertEquals(2, tracks.size());
        assertEquals("42001e", ((Codec.H264) tracks.get(1).get(1).codec()).profileLevelId());
        assertEquals(3, video.size());
    }

    @Test
    void rtp_anotherCodecThanDescribed_isToldAndRemarked() {
        receiver.begin();
        rtp(0, 0, RtpBytes.packet(1, 1, true, RtpBytes.hex("0201d0097883")));
        rtp(
                0,
                0,
                RtpBytes.packet(
                        2,
                        2,
                        false,
                        RtpBytes.hex(
                                "42010101600000030090000003000003003fa005020171f2e5ba4a4c2f0168080000030008000003007840")));
        rtp(0, 0, RtpBytes.packet(3, 2, false, RtpBytes.hex("4401c073c189")));
        rtp(0, 0, RtpBytes.packet(4, 2, true, RtpBytes.hex("2801ac6460a7")));

        assertEquals("H265", tracks.get(tracks.size() - 1).get(1).codec().encodingName());
        assertTrue(video.get(0).startsKeyframe());
        assertEquals(List.of("The camera describes its video as H264 and sends H265."), receiver.remarks());
    }

    @Test
    void rtp_sound_isNumberedInARowAndTonesAreLeftOut() {
        receiver.begin();
        rtp(0, 1, sound(65_535, 0, 160));
        byte[] tone = RtpBytes.packet(0, 160, false, new byte[4]);
        tone[1] = 101;
        rtp(20, 1, tone);
        rtp(20, 1, sound(1, 160, 160));
        rtp(80, 1, sound(3, 480, 160));

        assertEquals(
                List.of(0, 2, 4), audio.stream().map(RtpPacket::sequenceNumber).toList());
    }

    @Test
    void rtp_largeSound_isCutByTheSample() {
        receiver.begin();
        rtp(0, 1, sound(1, 1000, 3000));

        assertEquals(
                List.of(1200, 1200, 600),
                audio.stream().map(RtpPacket::payloadLength).toList());
        assertEquals(
                List.of(1000, 2200, 3400),
                audio.stream().map(RtpPacket::timestamp).toList());
    }

    @Test
    void rtp_malformed_isCounted() {
        receiver.begin();
        rtp(0, 0, new byte[] {1, 2, 3});
        rtp(0, 0, RtpBytes.packet(1, 1, true, new byte[0]));
        rtp(0, 0, RtpBytes.packet(4, 1, true, RtpBytes.hex("419a")));

        assertEquals(new MediaReceiver.Counters(2, 2, 2), receiver.counters());
        receiver.rtcp(0, new byte[] {(byte) 0x80, (byte) 200}, 0, 2);
    }

    @Test
    void rtp_senderReports_bringSoundToThePicturesClock() {
        receiver.begin();
        rtp(1000, 0, RtpBytes.packet(1, 90_000, true, RtpBytes.hex("419a")));
        rtp(1300, 1, sound(1, 8000, 160)); // the sound comes 300 ms later than it should
        assertEquals(1300 * MS, audio.get(0).timeNanos());

        report(0, 5000, 90_000);
        report(1, 5020, 8160);
        rtp(1320, 1, sound(2, 8160, 160));
        rtp(1040, 0, RtpBytes.packet(2, 93_600, true, RtpBytes.hex("419a")));

        assertEquals(1020 * MS, audio.get(1).timeNanos(), MS);
        assertEquals(1040 * MS, video.get(1).timeNanos(), MS);
    }

    @Test
    void rtp_senderReportsThatCannotBeTrue_areNotFollowed() {
        receiver.begin();
        rtp(1000, 0, RtpBytes.packet(1, 90_000, true, RtpBytes.hex("419a")));
        report(0, 5000, 90_000);
        report(1, 500_000, 8000);
        rtp(1000, 1, sound(1, 8000, 160));

        assertEquals(1000 * MS, audio.get(0).timeNanos());
    }
}
