package dev.oriel.testkit.viewer;

import dev.onvoid.webrtc.media.audio.AudioTrackSink;
import dev.oriel.api.time.Ambient;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The end of the audio decoder: counts the 10 ms pieces that are not silent. Written by a native thread, read by any. */
final class SoundCounter implements AudioTrackSink {

    /** Of 32,767: above the noise of any codec, far below a tone. */
    private static final int AUDIBLE = 500;

    private final Object lock = new Object();
    private long pieces;

    @Override
    public void onData(byte[] data, int bitsPerSample, int sampleRate, int channels, int frames) {
        if (bitsPerSample != 16 || peak(data) < AUDIBLE) {
            return;
        }
        synchronized (lock) {
            pieces++;
            lock.notifyAll();
        }
    }

    /** Audible pieces decoded so far, of 10 ms each. */
    long heard() {
        synchronized (lock) {
            return pieces;
        }
    }

    /** Whether that many more audible pieces were decoded in time. */
    @Ambient(reason = "waits for at most a given time")
    boolean awaitMore(long more, Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        synchronized (lock) {
            long wanted = pieces + more;
            while (pieces < wanted) {
                long leftMillis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (leftMillis <= 0) {
                    return false;
                }
                lock.wait(leftMillis);
            }
            return true;
        }
    }

    private static int peak(byte[] littleEndian) {
        int peak = 0;
        for (int i = 0; i + 1 < littleEndian.length; i += 2) {
            int sample = (short) (littleEndian[i] & 0xff | littleEndian[i + 1] << 8);
            peak = Math.max(peak, Math.abs(sample));
        }
        return peak;
    }
}
