package dev.oriel.egress.passthrough.media;

/**
 * The shape of a group of pictures that is told once more. It fills up while the group is told, on the thread that asked for it,
 * and is read by that thread afterwards.
 */
final class Replay {

    private final int track;
    private int frames;
    private int lastTimestamp;
    private int lastInterval;

    Replay(int track) {
        this.track = track;
    }

    void add(int timestamp) {
        if (frames == 0 || timestamp != lastTimestamp) {
            lastInterval = frames == 0 ? 0 : timestamp - lastTimestamp;
            lastTimestamp = timestamp;
            frames++;
        }
    }

    /** The index of the track it belongs to. */
    int track() {
        return track;
    }

    /** How many pictures there are. */
    int frames() {
        return frames;
    }

    /** The camera's timestamp of the newest picture. */
    int lastTimestamp() {
        return lastTimestamp;
    }

    /** The ticks between the newest two pictures; 0 if there is only one. */
    int lastInterval() {
        return lastInterval;
    }
}
