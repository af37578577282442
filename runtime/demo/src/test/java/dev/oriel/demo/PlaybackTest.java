package dev.oriel.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PlaybackTest {

    private static final long SECOND = 1_000_000_000L;
    private static final int CLIP_SECONDS = 24;

    private static Clip clip;

    private final Frames sent = new Frames();
    private final Random random = new Random(4);
    private final RtpStream video = new RtpStream(0, 96, random, sent::receive);
    private final RtpStream audio = new RtpStream(2, 8, random, sent::receive);

    @BeforeAll
    static void load() throws Exception {
        clip = Clip.load();
    }

    @Test
    void wake_twoRoundsOfTheClip_numbersRunOnOverTheSeam() {
        Playback playback = playbackAt(0);

        run(playback, 0, 2 * CLIP_SECONDS * SECOND);

        List<Frames.Frame> pictures = sent.of(0);
        List<Frames.Frame> sound = sent.of(2);
        assertEquals(2 * 600 + 1, pictures.stream().filter(Frames.Frame::marker).count());
        assertEquals(2 * 1200 + 1, sound.size());
        assertFollowing(pictures, 3600);
        assertFollowing(sound, 160);
        assertEquals(
                2 * 600 * 3600,
                pictures.get(pictures.size() - 1).timestamp() - pictures.get(0).timestamp());
    }

    @Test
    void wake_wholeClip_sendsEveryNalUnitUnchanged() {
        Playback playback = playbackAt(0);

        run(playback, 0, CLIP_SECONDS * SECOND - 1);

        List<byte[]> expected =
                clip.pictures().stream().flatMap(p -> p.nals().stream()).toList();
        List<byte[]> received = reassembled(sent.of(0));
        assertEquals(expected.size(), received.size());
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), received.get(i), "NAL unit " + i);
        }
        ByteArrayOutputStream sound = new ByteArrayOutputStream();
        sent.of(2).forEach(frame -> sound.writeBytes(frame.payload()));
        assertArrayEquals(clip.sound(), sound.toByteArray());
        assertTrue(sent.frames.stream().allMatch(frame -> frame.packet().length <= 1200));
    }

    @Test
    void wake_clientThatComesLate_startsAtAKeyframeWithItsSound() {
        // 13.3 s into the clip; the keyframe before is at 12 s.
        Playback playback = playbackAt(13_300_000_000L);

        playback.wake(13_300_000_000L);

        List<byte[]> first = reassembled(sent.of(0));
        assertArrayEquals(clip.parameterSets().get(0), first.get(0));
        assertArrayEquals(clip.parameterSets().get(1), first.get(1));
        assertArrayEquals(clip.pictures().get(300).nals().get(2), first.get(2));
        byte[] sound = sent.of(2).get(0).payload();
        for (int i = 0; i < sound.length; i++) {
            assertEquals(clip.sound()[12 * 8000 + i], sound[i]);
        }
    }

    @Test
    void wake_beforeDeadline_sendsNothing() {
        Playback playback = playbackAt(0);
        playback.wake(0);
        int packets = sent.frames.size();

        playback.wake(playback.deadlineNanos() - 1);
        assertEquals(packets, sent.frames.size());

        playback.wake(playback.deadlineNanos());
        assertEquals(packets + 1, sent.frames.size());
    }

    @Test
    void wake_aSecondLate_catchesUp() {
        Playback playback = playbackAt(0);
        playback.wake(0);

        playback.wake(SECOND);

        assertEquals(26, sent.of(0).stream().filter(Frames.Frame::marker).count());
    }

    @Test
    void wake_anHourLate_skipsNothingAndGoesOnInRealTime() {
        Playback playback = playbackAt(0);
        playback.wake(0);

        playback.wake(3600 * SECOND);

        assertTrue(sent.of(0).stream().filter(Frames.Frame::marker).count() <= 3);
        assertFollowing(sent.of(0), 3600);
        assertTrue(playback.deadlineNanos() - 3600 * SECOND <= 40_000_000);
    }

    @Test
    void wake_twelveSeconds_reportsEveryFiveWithTheSameClockForBothTracks() {
        Playback playback = playbackAt(0);

        run(playback, 0, 12 * SECOND);

        assertEquals(3, sent.of(1).size());
        assertEquals(3, sent.of(3).size());
        ByteBuffer videoReport = ByteBuffer.wrap(sent.of(1).get(1).packet());
        ByteBuffer audioReport = ByteBuffer.wrap(sent.of(3).get(1).packet());
        assertEquals(200, videoReport.get(1) & 0xff);
        assertEquals(6, videoReport.getShort(2));
        assertEquals(video.ssrc(), videoReport.getInt(4));
        assertEquals(videoReport.getLong(8), audioReport.getLong(8));
        assertEquals(5 * 90_000, videoReport.getInt(16) - video.timestamp(0));
        assertEquals(5 * 8000, audioReport.getInt(16) - audio.timestamp(0));
        long sentUntilThen = sent.of(0).stream()
                .filter(f -> f.timestamp() - video.timestamp(0) <= 5 * 90_000)
                .count();
        assertEquals(sentUntilThen, videoReport.getInt(20));
        // The source description behind it: its length takes the packet to the end.
        assertEquals(202, videoReport.get(29) & 0xff);
        assertEquals(videoReport.limit(), 28 + 4 * (videoReport.getShort(30) + 1));
    }

    @Test
    void wake_clientWithoutSound_getsPicturesOnly() {
        Playback playback = new Playback(clip, new NtpClock(0, 0), Optional.of(video), Optional.empty(), 0);

        run(playback, 0, 2 * SECOND);

        assertTrue(sent.frames.stream().allMatch(frame -> frame.channel() <= 1));
        assertFalse(sent.of(0).isEmpty());
    }

    private Playback playbackAt(long nowNanos) {
        return new Playback(clip, new NtpClock(0, 1000), Optional.of(video), Optional.of(audio), nowNanos);
    }

    private static void run(Playback playback, long fromNanos, long toNanos) {
        playback.wake(fromNanos);
        while (playback.deadlineNanos() <= toNanos) {
            playback.wake(playback.deadlineNanos());
        }
    }

    private static void assertFollowing(List<Frames.Frame> frames, int ticksPerUnit) {
        for (int i = 1; i < frames.size(); i++) {
            Frames.Frame before = frames.get(i - 1);
            Frames.Frame frame = frames.get(i);
            assertEquals((before.sequenceNumber() + 1) & 0xffff, frame.sequenceNumber());
            assertEquals(before.ssrc(), frame.ssrc());
            boolean newUnit = frame.payloadType() == 8 || before.marker();
            assertEquals(newUnit ? ticksPerUnit : 0, frame.timestamp() - before.timestamp(), "packet " + i);
        }
    }

    /** RFC 6184 sections 5.6 and 5.8, written down once more on purpose. */
    private static List<byte[]> reassembled(List<Frames.Frame> frames) {
        List<byte[]> nals = new ArrayList<>();
        ByteArrayOutputStream fragments = new ByteArrayOutputStream();
        for (Frames.Frame frame : frames) {
            byte[] payload = frame.payload();
            if ((payload[0] & 0x1f) != 28) {
                nals.add(payload);
                continue;
            }
            if ((payload[1] & 0x80) != 0) {
                fragments.reset();
                fragments.write(payload[0] & 0xe0 | payload[1] & 0x1f);
            }
            fragments.write(payload, 2, payload.length - 2);
            if ((payload[1] & 0x40) != 0) {
                nals.add(fragments.toByteArray());
            }
        }
        return nals;
    }
}
