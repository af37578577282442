package dev.oriel.benchmarks.load;

import dev.oriel.benchmarks.camera.FrameStamp;
import dev.oriel.testkit.viewer.light.VideoWatch;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads the stamps in one viewer's pictures: which of them came whole, and how late. Confined to the viewers' thread, or told
 * everything by one.
 */
final class StampWatch implements VideoWatch {

    private static final int NONE = -1;

    private Optional<FrameStamp> current = Optional.empty();
    private boolean open;
    private int[] micros = new int[0];
    private int count;
    private int frames;
    private int first = NONE;
    private int last = NONE;

    /**
     * What was seen in a window.
     *
     * @param latencies in microseconds, from the stamp to the arrival of the picture's last packet
     * @param frames that came whole
     * @param span the numbers from the first picture to the last; 0 if there was none
     */
    record Seen(int[] latencies, int frames, int span) {}

    /** A window begins now; it has room for this many pictures. */
    void open(int capacity) {
        micros = new int[capacity];
        count = 0;
        frames = 0;
        first = NONE;
        last = NONE;
        open = true;
    }

    /** The window ends now. */
    Seen close() {
        open = false;
        Seen seen = new Seen(Arrays.copyOf(micros, count), frames, first == NONE ? 0 : last - first + 1);
        micros = new int[0];
        return seen;
    }

    @Override
    public boolean payload(byte[] packet, int offset, int length) {
        Optional<FrameStamp> found = FrameStamp.find(packet, offset, length);
        if (found.isPresent()) {
            current = found;
        }
        return found.isPresent();
    }

    @Override
    public void frame(boolean whole, boolean keyframe, long arrivedNanos) {
        if (open && current.isPresent()) {
            FrameStamp stamp = current.get();
            first = first == NONE ? stamp.number() : first;
            last = Math.max(last, stamp.number());
            if (whole) {
                frames++;
                if (count < micros.length) {
                    micros[count++] = (int) ((arrivedNanos - stamp.sentNanos()) / 1000);
                }
            }
        }
        current = Optional.empty();
    }
}
