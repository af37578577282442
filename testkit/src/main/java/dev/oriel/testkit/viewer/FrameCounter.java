package dev.oriel.testkit.viewer;

import dev.onvoid.webrtc.media.video.VideoFrame;
import dev.onvoid.webrtc.media.video.VideoTrackSink;
import dev.oriel.api.time.Ambient;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The end of the decoder: counts frames and remembers the last. Written by a native thread, read by any. */
final class FrameCounter implements VideoTrackSink {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition decoded = lock.newCondition();
    private Optional<Picture> picture = Optional.empty();
    private OptionalLong firstNanos = OptionalLong.empty();
    private long frames;

    @Override
    public void onVideoFrame(VideoFrame frame) {
        try {
            // webrtc-java hands out I420 only, and toI420() is the same buffer: releasing both crashes the process.
            count(Picture.of(frame.buffer.toI420()));
        } finally {
            frame.release();
        }
    }

    @Ambient(reason = "measures when the first picture came")
    private void count(Picture latest) {
        lock.lock();
        try {
            if (frames == 0) {
                firstNanos = OptionalLong.of(System.nanoTime());
            }
            frames++;
            picture = Optional.of(latest);
            decoded.signalAll();
        } finally {
            lock.unlock();
        }
    }

    long frames() {
        lock.lock();
        try {
            return frames;
        } finally {
            lock.unlock();
        }
    }

    Optional<Picture> picture() {
        lock.lock();
        try {
            return picture;
        } finally {
            lock.unlock();
        }
    }

    /** On the clock of {@link System#nanoTime()}. */
    OptionalLong firstNanos() {
        lock.lock();
        try {
            return firstNanos;
        } finally {
            lock.unlock();
        }
    }

    /** Whether that many more frames were decoded in time. */
    boolean awaitMore(long more, Duration timeout) throws InterruptedException {
        lock.lock();
        try {
            long wanted = frames + more;
            long left = timeout.toNanos();
            while (frames < wanted) {
                if (left <= 0) {
                    return false;
                }
                left = decoded.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Whether a picture that differs from the given one by at least that much was decoded in time. */
    boolean awaitOther(Picture old, int distance, Duration timeout) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(timeout.toMillis());
            while (picture.map(p -> p.distance(old) < distance).orElse(true)) {
                if (left <= 0) {
                    return false;
                }
                left = decoded.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
