package dev.oriel.demo;

import java.util.List;
import java.util.Optional;

/**
 * The clip on its way to one client, over and over, each picture and each piece of sound when its time has come.
 *
 * <p>All clients watch the same clock: one that comes late starts at the last keyframe before what others see now, as cameras
 * do that send a keyframe when they are asked to play. Timestamps and sequence numbers run on where the clip begins anew.
 *
 * <p>It is told the time; confined to one thread.
 */
final class Playback {

    /** The most bytes of an RTP payload, so that a packet fits into an Ethernet frame once it is encrypted and relayed. */
    static final int MAX_PAYLOAD_BYTES = 1188;

    static final int VIDEO_TICKS_PER_SECOND = 90_000;
    static final int VIDEO_TICKS_PER_PICTURE = VIDEO_TICKS_PER_SECOND / Clip.PICTURES_PER_SECOND;
    static final int SAMPLES_PER_PACKET = 160;

    private static final long SECOND = 1_000_000_000;
    private static final long PICTURE_NANOS = SECOND / Clip.PICTURES_PER_SECOND;
    private static final long SOUND_NANOS = SECOND * SAMPLES_PER_PACKET / Clip.SAMPLES_PER_SECOND;
    private static final long REPORT_NANOS = 5 * SECOND;
    private static final long MAX_LAG_NANOS = 2 * SECOND;
    private static final byte[] NO_PREFIX = {};

    private final Clip clip;
    private final NtpClock clock;
    private final Optional<RtpStream> video;
    private final Optional<RtpStream> audio;
    private final int firstPicture;
    private long startNanos;
    private long pictures;
    private long soundPackets;
    private long reports;

    /**
     * A playback that starts now; nothing is sent before {@link #wake}.
     *
     * @param clock says where in the clip everybody is, too: its origin is the clip's beginning
     * @param video where pictures go, if the client wants them
     * @param audio where sound goes, if the client wants it
     */
    Playback(Clip clip, NtpClock clock, Optional<RtpStream> video, Optional<RtpStream> audio, long nowNanos) {
        this.clip = clip;
        this.clock = clock;
        this.video = video;
        this.audio = audio;
        this.startNanos = nowNanos;
        long now = (nowNanos - clock.originNanos()) / PICTURE_NANOS;
        this.firstPicture = clip.keyframeBefore((int) (now % clip.pictures().size()));
    }

    /** Sends all that is due. A playback that could not run for some seconds skips none of it, but starts its clock anew. */
    void wake(long nowNanos) {
        long lag = nowNanos - deadlineNanos();
        if (lag > MAX_LAG_NANOS) {
            startNanos += lag;
        }
        // In order of time, so that a late client still gets sound and picture side by side.
        while (deadlineNanos() - nowNanos <= 0) {
            if (pictureNanos() - soundNanos() <= 0) {
                sendPicture();
            } else {
                sendSound();
            }
        }
        if (startNanos + reports * REPORT_NANOS - nowNanos <= 0) {
            report(nowNanos);
        }
    }

    /** When there is something to send again. */
    long deadlineNanos() {
        return pictureNanos() - soundNanos() <= 0 ? pictureNanos() : soundNanos();
    }

    private long pictureNanos() {
        return startNanos + pictures * PICTURE_NANOS;
    }

    private long soundNanos() {
        return startNanos + soundPackets * SOUND_NANOS;
    }

    private void sendPicture() {
        if (video.isPresent()) {
            int index = (int) ((firstPicture + pictures) % clip.pictures().size());
            List<byte[]> nals = clip.pictures().get(index).nals();
            for (int i = 0; i < nals.size(); i++) {
                sendNal(video.get(), nals.get(i), i == nals.size() - 1 ? 1 : 0);
            }
        }
        pictures++;
    }

    /** One packet, or fragments (FU-A, RFC 6184 section 5.8). */
    private void sendNal(RtpStream stream, byte[] nal, int marker) {
        long ticks = pictures * VIDEO_TICKS_PER_PICTURE;
        if (nal.length <= MAX_PAYLOAD_BYTES) {
            stream.send(ticks, marker, NO_PREFIX, nal, 0, nal.length);
            return;
        }
        byte indicator = (byte) (nal[0] & 0xe0 | 28);
        for (int at = 1; at < nal.length; ) {
            int length = Math.min(MAX_PAYLOAD_BYTES - 2, nal.length - at);
            int startBit = at == 1 ? 0x80 : 0;
            int endBit = at + length == nal.length ? 0x40 : 0;
            byte[] prefix = {indicator, (byte) (startBit | endBit | nal[0] & 0x1f)};
            stream.send(ticks, endBit == 0 ? 0 : marker, prefix, nal, at, length);
            at += length;
        }
    }

    private void sendSound() {
        if (audio.isPresent()) {
            long first = (long) firstPicture * Clip.SAMPLES_PER_SECOND / Clip.PICTURES_PER_SECOND;
            long ticks = soundPackets * SAMPLES_PER_PACKET;
            int at = (int) ((first + ticks) % clip.sound().length);
            // RFC 3551 section 4.1: the marker begins a talkspurt.
            audio.get().send(ticks, soundPackets == 0 ? 1 : 0, NO_PREFIX, clip.sound(), at, SAMPLES_PER_PACKET);
        }
        soundPackets++;
    }

    private void report(long nowNanos) {
        long elapsed = nowNanos - startNanos;
        long ntp = clock.ntp(nowNanos);
        video.ifPresent(stream -> stream.report(ticks(elapsed, VIDEO_TICKS_PER_SECOND), ntp));
        audio.ifPresent(stream -> stream.report(ticks(elapsed, Clip.SAMPLES_PER_SECOND), ntp));
        reports = elapsed / REPORT_NANOS + 1;
    }

    private static long ticks(long nanos, int ticksPerSecond) {
        return nanos / SECOND * ticksPerSecond + nanos % SECOND * ticksPerSecond / SECOND;
    }
}
