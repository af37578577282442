package dev.oriel.protocol.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.media.Bytes;
import dev.oriel.api.media.Codec;
import dev.oriel.api.media.MediaKind;
import dev.oriel.api.media.PictureReport;
import dev.oriel.api.media.PictureReport.Order;
import dev.oriel.api.media.RtpPacket;
import dev.oriel.protocol.rtp.nal.NalSyntax;
import dev.oriel.protocol.rtp.picture.PictureMeter;
import dev.oriel.protocol.sdp.SessionDescription;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of pictures, from streams that FFmpeg made: each file says how. */
class PictureReportTest {

    private final PictureMeter meter = new PictureMeter(90_000);
    private int number;

    @ParameterizedTest
    @CsvSource({
        "h264-main-1080p-b2, 1920, 1080, 25, 25, 1000, REORDERED",
        "h264-baseline-720p-no-b, 1280, 720, 30, 15, 500, AS_SHOWN",
        "h264-interlaced-576, 720, 576, 25, 25, 1000, AS_SHOWN",
        "h264-high-cabac-b3, 320, 180, 25, 25, 1000, REORDERED",
        "h264-high-cabac-no-b, 320, 180, 25, 25, 1000, AS_SHOWN",
        "h264-high-cavlc-b2, 320, 180, 25, 25, 1000, REORDERED",
        "h264-high-cavlc-no-b, 320, 180, 25, 25, 1000, AS_SHOWN",
        "h264-high-slices-sps3-b1, 320, 180, 25, 25, 1000, REORDERED",
        "h265-1080p-b3, 1920, 1080, 25, 25, 1000, REORDERED",
        "h265-360p-no-b, 640, 360, 15, 10, 667, AS_SHOWN"
    })
    void report_streamsOfEncoders_areAsTheyWereMade(
            String name, int width, int height, double rate, int group, long groupMillis, Order order)
            throws IOException {
        NalSyntax syntax = name.startsWith("h264") ? NalSyntax.H264 : NalSyntax.H265;
        meter.codec(syntax.codec(List.of()));
        NalNormaliser normaliser =
                new NalNormaliser(syntax, List.of(), false, new NumberedPackets(meter::packet), meter::codec);
        RtpView view = new RtpView();
        for (String line : lines(name)) {
            String[] parts = line.split(" ", 2);
            byte[] packet =
                    RtpBytes.packet(number++, Integer.parseUnsignedInt(parts[0]), false, RtpBytes.hex(parts[1]));
            assertTrue(view.moveTo(packet, 0, packet.length));
            normaliser.receive(view, SequenceTracker.Arrival.NEXT, 0);
        }

        PictureReport report = meter.report().orElseThrow();
        assertEquals(width, report.widthPixels());
        assertEquals(height, report.heightPixels());
        assertEquals(rate, report.framesPerSecond(), rate / 20);
        assertEquals(group, report.groupFrames());
        assertEquals(groupMillis, report.groupLength().toMillis(), 120);
        assertEquals(order, report.order());
    }

    /** Cameras that announce B-frames and never send one. */
    @Test
    void report_orderThatMayChangeButDoesNot_isAsShown() {
        meter.codec(new Codec.H264(
                List.of(Bytes.copyOf(RtpBytes.hex("674d4028eca03c0113f2e022000003000200000300641e30632c")))));
        for (int i = 0; i < 50; i++) {
            picture(i * 3600, i == 0, "419a02" + "08");
        }

        assertEquals(Order.AS_SHOWN, meter.report().orElseThrow().order());
    }

    @Test
    void report_rates_areThoseOfTheLastSeconds() {
        meter.codec(new Codec.Other("VP8"));
        for (int i = 0; i < 100; i++) {
            send(i * 3600, false, i % 50 == 0, 1000);
            send(i * 3600, true, false, 250);
        }
        assertEquals(25, meter.report().orElseThrow().framesPerSecond(), 0.01);
        assertEquals(250_000, meter.report().orElseThrow().bitsPerSecond());
        assertEquals(50, meter.report().orElseThrow().groupFrames());
        assertEquals(Duration.ofSeconds(2), meter.report().orElseThrow().groupLength());

        for (int i = 0; i < 60; i++) {
            send(360_000 + i * 9000, true, false, 500);
        }

        assertEquals(10, meter.report().orElseThrow().framesPerSecond(), 0.2);
        assertEquals(40_000, meter.report().orElseThrow().bitsPerSecond(), 1000);
        assertEquals(50, meter.report().orElseThrow().groupFrames(), "of the last complete one");
        assertTrue(meter.report().orElseThrow().groupLength().toMillis() >= 7900, "the running one is longer");
    }

    @Test
    void report_timestampsAcrossTheRingAndAJump_goOn() {
        for (int start : new int[] {-30 * 3600, 1 << 30, 5}) {
            for (int i = 0; i < 150; i++) {
                send(start + i * 3600, true, i % 50 == 0, 100);
            }
            PictureReport report = meter.report().orElseThrow();
            assertEquals(25, report.framesPerSecond(), 0.01);
            assertEquals(2000, report.groupLength().toMillis());
        }
    }

    @Test
    void report_onePicture_isNone() {
        send(1, true, true, 10);

        assertTrue(meter.report().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void packets_anyBytes_neverThrow(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 2000; round++) {
            byte[] set = new byte[1 + random.nextInt(60)];
            random.nextBytes(set);
            boolean h264 = random.nextBoolean();
            set[0] = (byte) (h264 ? random.nextBoolean() ? 0x67 : 0x68 : random.nextBoolean() ? 0x42 : 0x44);
            List<Bytes> sets = List.of(Bytes.copyOf(set));
            meter.codec(h264 ? new Codec.H264(sets) : new Codec.H265(sets));
            for (int i = 0; i < 5; i++) {
                byte[] payload = new byte[1 + random.nextInt(60)];
                random.nextBytes(payload);
                meter.packet(new RtpPacket(
                        random.nextInt(), random.nextInt(), true, random.nextBoolean(), 0, payload, 0, payload.length));
            }
            meter.report();
        }
    }

    @Test
    void receiver_tellsWhatItMeasured() {
        List<MediaFormat> formats = MediaFormat.of(
                SessionDescription.parse(
                        "m=video 0 RTP/AVP 96\na=rtpmap:96 H264/90000\na=fmtp:96 sprop-parameter-sets=Z0IAHpWgFAUBbsA=,aM48gA=="));
        assertEquals(MediaKind.VIDEO, formats.get(0).track().kind());
        MediaReceiver receiver = new MediaReceiver(formats, formats, new Silent());
        receiver.begin();
        for (int i = 0; i < 50; i++) {
            byte[] packet = RtpBytes.packet(i, i * 3600, true, RtpBytes.hex(i % 25 == 0 ? "65888404" : "419a1234"));
            receiver.rtp(i * 40_000_000L, 0, packet, 0, packet.length);
        }
        PictureReport picture = receiver.picture().orElseThrow();
        assertEquals(25, picture.framesPerSecond(), 0.01);
        assertEquals(1280, picture.widthPixels());
        // Ten rows of macroblocks in each of two fields.
        assertEquals(320, picture.heightPixels());
        assertEquals(50, receiver.counters().packets());
    }

    private void picture(int timestamp, boolean keyframe, String hex) {
        byte[] bytes = RtpBytes.hex(hex);
        meter.packet(new RtpPacket(number++, timestamp, true, keyframe, 0, bytes, 0, bytes.length));
    }

    private void send(int timestamp, boolean marker, boolean keyframe, int length) {
        meter.packet(new RtpPacket(number++, timestamp, marker, keyframe, 0, new byte[length], 0, length));
    }

    private static List<String> lines(String name) throws IOException {
        try (InputStream in = PictureReportTest.class.getResourceAsStream("/pictures/" + name + ".txt")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(l -> !l.startsWith("#"))
                    .toList();
        }
    }
}
