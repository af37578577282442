package dev.oriel.testkit.viewer;

import dev.onvoid.webrtc.media.video.VideoFrame;
import dev.onvoid.webrtc.media.video.VideoTrackSink;
import dev.oriel.api.time.Ambient;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** The end of the decoder: counts frames and remembers the last. Written by a native thread, read by any. */
final class FrameCounter implements VideoTrackSink {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition decoded = lock.newCondition();
    private Optional<Picture> picture = Optional.empty();
    private OptionalLong firstNanos = OptionalLong.empty();
    private long latestNanos;
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

    @Ambient(reason = "measures when pictures came")
    private void count(Picture latest) {
        lock.lock();
        try {
            latestNanos = System.nanoTime();
            if (frames == 0) {
                firstNanos = OptionalLong.of(latestNanos);
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

    /**
     * When a picture that is wanted was decoded, on the clock of {@link System#nanoTime()}; the last one counts. Absent if none
     * was in time.
     */
    OptionalLong awaitLike(Predicate<Picture> wanted, Duration timeout) throws InterruptedException {
        lock.lock();
        try {
            long left = timeout.toNanos();
            while (picture.filter(wanted).isEmpty()) {
                if (left <= 0) {
                    return OptionalLong.empty();
                }
                left = decoded.awaitNanos(left);
            }
            return OptionalLong.of(latestNanos);
        } finally {
            lock.unlock();
        }
    }
}
