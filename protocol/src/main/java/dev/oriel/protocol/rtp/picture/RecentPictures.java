package dev.oriel.protocol.rtp.picture;

/**
 * The timestamps and sizes of a track's last pictures. Per picture it writes into arrays; what is asked for is reckoned when
 * it is asked for.
 */
final class RecentPictures {

    /** How far back is looked, in seconds; less where pictures are so many that there is no room. */
    private static final int WINDOW_SECONDS = 5;

    private static final int ROOM = 512;

    private final int rateHz;
    private final long[] ticks = new long[ROOM];
    private final int[] bytes = new int[ROOM];
    private int next;
    private int size;

    RecentPictures(int rateHz) {
        this.rateHz = rateHz;
    }

    void begin(long pictureTicks) {
        ticks[next] = pictureTicks;
        bytes[next] = 0;
        next = (next + 1) % ROOM;
        size = Math.min(size + 1, ROOM);
    }

    /** More of the picture that was begun last. */
    void add(int payloadBytes) {
        bytes[(next + ROOM - 1) % ROOM] += payloadBytes;
    }

    void clear() {
        size = 0;
    }

    /** What was measured. */
    record Rates(double framesPerSecond, long bitsPerSecond) {}

    /** The running picture ends the span: it is not full yet. Two pictures are needed to tell anything. */
    Rates rates() {
        long last = size == 0 ? 0 : at(1);
        long lowest = last;
        long highest = last;
        long sum = 0;
        int intervals = 0;
        for (int back = 2; back <= size && last - at(back) <= (long) WINDOW_SECONDS * rateHz; back++) {
            lowest = Math.min(lowest, at(back));
            highest = Math.max(highest, at(back));
            sum += bytes[index(back)];
            intervals++;
        }
        double seconds = (double) (highest - lowest) / rateHz;
        return seconds <= 0 ? new Rates(0, 0) : new Rates(intervals / seconds, Math.round(sum * 8 / seconds));
    }

    private long at(int back) {
        return ticks[index(back)];
    }

    private int index(int back) {
        return (next + ROOM - back) % ROOM;
    }
}
