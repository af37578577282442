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
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        assertEquals(new Codec.Other("MPEG4-GENERIC"), tracks.get(0).get(0).codec(), "named, as it does not come");
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

    private static List<RtpPacket> soundOf(String section, byte[]... packets) {
        List<RtpPacket> out = new ArrayList<>();
        List<MediaFormat> formats = MediaFormat.of(SessionDescription.parse(section));
        MediaReceiver alone = new MediaReceiver(formats, formats, new MediaSink() {
            @Override
            public void onTracks(List<Track> told) {}

            @Override
            public void onPacket(Track track, RtpPacket packet) {
                out.add(packet);
            }

            @Override
            public void onEnd(EndReason reason) {}
        });
        alone.begin();
        for (byte[] packet : packets) {
            alone.rtp(0, 0, packet, 0, packet.length);
        }
        return out;
    }

    @ParameterizedTest
    @CsvSource({
        "L16/16000/2, 4000, 1200 1200 1200 400, 0 300 600 900",
        "L16/16000/7, 2800, 1190 1190 420, 0 85 170",
        "G722/8000, 2000, 1200 800, 0 1200",
        "G726-16/8000, 2000, 1200 800, 0 4800",
        "G726-24/8000, 2001, 1200 801, 0 3200",
        "AAL2-G726-32/8000, 2000, 1200 800, 0 2400",
        "G726-40/8000, 2000, 1200 800, 0 1920",
        "opus/48000/2, 1200, 1200, 0",
        "opus/48000/2, 1201, '', ''"
    })
    void rtp_samplesOfAnyKind_areCutWhereTheyEnd(String map, int bytes, String lengths, String timestamps) {
        List<RtpPacket> out =
                soundOf("m=audio 0 RTP/AVP 96\na=rtpmap:96 " + map, RtpBytes.packet(1, 0, true, new byte[bytes]));

        assertEquals(lengths, words(out.stream().map(RtpPacket::payloadLength)));
        assertEquals(timestamps, words(out.stream().map(RtpPacket::timestamp)));
        assertEquals(
                out.isEmpty() ? 0 : 1, out.stream().filter(RtpPacket::marker).count());
    }

    @Test
    void rtp_samplesWithTheLowByteFirst_areTurned() {
        List<RtpPacket> out = soundOf(
                "m=audio 0 RTP/AVP 96\na=rtpmap:96 PCM/8000", RtpBytes.packet(1, 0, true, RtpBytes.hex("0100020003")));

        assertEquals("0001000203", hex(out.get(0)));
    }

    @Test
    void rtp_largeAccessUnits_goOutInPacketsOfOneTimestamp() {
        byte[] payload = new byte[2 + 2 + 3000];
        payload[1] = 16;
        payload[2] = (byte) (3000 >> 5);
        payload[3] = (byte) (3000 << 3);
        List<RtpPacket> out = soundOf(
                "m=audio 0 RTP/AVP 96\na=rtpmap:96 MPEG4-GENERIC/48000",
                RtpBytes.packet(1, 7, true, payload),
                RtpBytes.packet(3, 2055, true, RtpBytes.hex("0010000801")));

        assertEquals("1200 1200 600 1", words(out.stream().map(RtpPacket::payloadLength)));
        assertEquals("7 7 7 2055", words(out.stream().map(RtpPacket::timestamp)));
        assertEquals("false false true true", words(out.stream().map(RtpPacket::marker)));
        assertEquals("0 1 2 4", words(out.stream().map(RtpPacket::sequenceNumber)));
    }

    @Test
    void rtp_lostFragment_takesItsAccessUnitAlone() {
        List<RtpPacket> out = soundOf(
                "m=audio 0 RTP/AVP 96\na=rtpmap:96 MPEG4-GENERIC/16000\na=fmtp:96 mode=generic",
                RtpBytes.packet(1, 0, true, new byte[] {1}),
                RtpBytes.packet(2, 1024, false, new byte[] {2}),
                RtpBytes.packet(4, 1024, true, new byte[] {2}),
                RtpBytes.packet(5, 2048, true, new byte[] {3}));

        assertEquals("0 2048", words(out.stream().map(RtpPacket::timestamp)));
        assertEquals("0 2", words(out.stream().map(RtpPacket::sequenceNumber)));
    }

    @Test
    void rtp_clockThatTurnsOutToBeAnother_isTheClockOfWhatFollows() {
        List<MediaFormat> formats = MediaFormat.of(SessionDescription.parse(
                "m=audio 0 RTP/AVP 96\na=rtpmap:96 MPEG4-GENERIC/8000\na=fmtp:96 config=1408"));
        List<Track> told = new ArrayList<>();
        List<RtpPacket> out = new ArrayList<>();
        MediaReceiver alone = new MediaReceiver(formats, formats, new MediaSink() {
            @Override
            public void onTracks(List<Track> now) {
                told.addAll(now);
            }

            @Override
            public void onPacket(Track track, RtpPacket packet) {
                out.add(packet);
            }

            @Override
            public void onEnd(EndReason reason) {}
        });
        alone.begin();
        for (int i = 0; i < 8; i++) {
            byte[] packet = RtpBytes.packet(i, 1024 * i, true, RtpBytes.hex("0010000801"));
            alone.rtp((64 * i + (i == 7 ? 100 : 0)) * MS, 0, packet, 0, packet.length);
        }

        assertEquals("8000 16000", words(told.stream().map(Track::clockRateHz)));
        assertEquals(
                List.of("The camera describes a clock of 8000 Hz for its sound and counts 16000 a second."),
                alone.remarks());
        assertEquals(7 * 64 * MS, out.get(7).timeNanos(), MS, "captured before it came late");
    }

    @Test
    void rtp_unitsOfOnePacket_haveTimesOfTheirOwn() {
        List<RtpPacket> out = soundOf(
                "m=audio 0 RTP/AVP 96\na=rtpmap:96 MPEG4-GENERIC/16000",
                RtpBytes.packet(1, 0, true, RtpBytes.hex("0020 0008 0008 0102")));

        assertEquals("0 64000000", words(out.stream().map(RtpPacket::timeNanos)));
    }

    private static String words(Stream<?> values) {
        return values.map(Object::toString).collect(Collectors.joining(" "));
    }

    private static String hex(RtpPacket packet) {
        byte[] payload = new byte[packet.payloadLength()];
        packet.copyPayload(payload, 0);
        return HexFormat.of().formatHex(payload);
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
