package dev.oriel.benchmarks.camera;

/**
 * When a camera's pictures are due: by a clock that all clients share, so that one who comes later comes in the middle of a group.
 *
 * @param originNanos when number 0 was due
 */
record FrameSchedule(long originNanos) {

    static final long FRAME_NANOS = 1_000_000_000L / SyntheticVideo.FRAMES_PER_SECOND;

    /** That of the camera with this number: cameras do not send in step. */
    static FrameSchedule of(long startNanos, int camera) {
        return new FrameSchedule(startNanos - camera * 617L % 1000 * 10_000_000L - camera * 7_300_000L % FRAME_NANOS);
    }

    /** The number of the first picture that is still to come. */
    int next(long nowNanos) {
        return (int) ((nowNanos - originNanos) / FRAME_NANOS) + 1;
    }

    long dueNanos(int number) {
        return originNanos + number * FRAME_NANOS;
    }
}
