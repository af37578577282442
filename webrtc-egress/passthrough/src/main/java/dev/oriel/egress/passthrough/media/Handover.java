package dev.oriel.egress.passthrough.media;

import dev.oriel.api.media.EndReason;
import dev.oriel.api.media.MediaKind;
import dev.oriel.api.media.MediaSink;
import dev.oriel.api.media.RtpPacket;
import dev.oriel.api.media.Track;
import dev.oriel.api.time.Ticker;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The queue between the camera's threads and the thread that sends to one viewer.
 *
 * <p>It makes nothing per packet: packets are kept by reference, next to one byte that says whose they are. Live packets beyond
 * the bounds are dropped: sound one by one, video up to the next keyframe. A replay is let in whole, since its packets are kept
 * by the hub anyway, and takes the place of the video that is still waiting, which it contains.
 */
public final class Handover implements MediaSink {

    private static final int MAX_LIVE_PACKETS = 4096;
    private static final int MAX_LIVE_BYTES = 4 * 1024 * 1024;
    private static final int MAX_TRACKS = 64;
    private static final int FIRST_CAPACITY = 64;
    private static final int SHRINK_CAPACITY = 1024;

    /** How many live packets wait for the rest of their picture at most. */
    private static final int MAX_BATCH = 16;

    private static final byte REPLAYED = (byte) 0x80;
    private static final byte VIDEO = 0x40;
    private static final byte TRACK = 0x3f;
    private static final byte EVENT = 0;

    /** How long it may not have been empty: then who polls does not keep up. */
    private static final long MAX_LAG_NANOS = 1_000_000_000L;

    private final Runnable wake;
    private final Ticker ticker;
    private @Nullable Object[] items = new Object[FIRST_CAPACITY];
    private byte[] marks = new byte[FIRST_CAPACITY];
    private int head;
    private int size;
    private int livePackets;
    private int liveBytes;
    private long dropped;
    private boolean untilKeyframe;
    private boolean awake;
    private boolean hasWaited;
    private long waitingNanos;
    private @Nullable Thread replaying;
    private @Nullable Replay replay;

    /**
     * An empty queue.
     *
     * @param wake called, on a camera's thread, when it is time to poll after there was nothing: at the end of a picture, so
     *     that it is sent in one go, or when much of it is there
     */
    public Handover(Runnable wake, Ticker ticker) {
        this.wake = wake;
        this.ticker = ticker;
    }

    /** From here to {@link #endReplay()} packets told on this thread are a replay. */
    synchronized void beginReplay() {
        replaying = Thread.currentThread();
        replay = null;
    }

    /** What comes from now on is live. */
    synchronized void endReplay() {
        replaying = null;
        replay = null;
    }

    @Override
    public void onTracks(List<Track> tracks) {
        event(List.copyOf(tracks));
    }

    @Override
    public void onPacket(Track track, RtpPacket packet) {
        if (track.index() >= MAX_TRACKS) {
            return;
        }
        boolean video = track.kind() == MediaKind.VIDEO;
        byte mark = (byte) (track.index() | (video ? VIDEO : 0));
        boolean wakes;
        synchronized (this) {
            if (video && packet.marker()) {
                dropWhatIsLate();
            }
            if (Thread.currentThread() == replaying) {
                replayed(packet, (byte) (mark | REPLAYED));
            } else if (hasRoom(packet, video)) {
                livePackets++;
                liveBytes += packet.payloadLength();
                put(packet, mark);
            } else {
                dropped++;
            }
            wakes = (!video || packet.marker() || livePackets >= MAX_BATCH) && wakes();
        }
        if (wakes) {
            wake.run();
        }
    }

    @Override
    public void onEnd(EndReason reason) {
        event(reason);
    }

    /** The next thing in order; false if there is none, and then {@code wake} is called for the next. */
    synchronized boolean poll(Item into) {
        Object item = items[head];
        if (size == 0 || item == null) {
            awake = false;
            hasWaited = false;
            shrink();
            return false;
        }
        byte mark = marks[head];
        items[head] = null;
        head = head + 1 & items.length - 1;
        size--;
        if (item instanceof RtpPacket packet && (mark & REPLAYED) == 0) {
            livePackets--;
            liveBytes -= packet.payloadLength();
        }
        into.set(item, mark & TRACK, (mark & REPLAYED) != 0);
        return true;
    }

    /** Packets dropped by now because nobody came for them. */
    public synchronized long dropped() {
        return dropped;
    }

    private void event(Object event) {
        boolean wakes;
        synchronized (this) {
            put(event, EVENT);
            wakes = wakes();
        }
        if (wakes) {
            wake.run();
        }
    }

    private boolean wakes() {
        boolean wakes = !awake && size > 0;
        awake |= wakes;
        return wakes;
    }

    private boolean hasRoom(RtpPacket packet, boolean video) {
        boolean room = livePackets < MAX_LIVE_PACKETS && liveBytes + packet.payloadLength() <= MAX_LIVE_BYTES;
        if (video) {
            untilKeyframe = untilKeyframe && !packet.startsKeyframe() || !room;
            return !untilKeyframe;
        }
        return room;
    }

    /** A viewer that lags is not to lag more and more: of the video that waits nothing is sent, up to the next keyframe. */
    private void dropWhatIsLate() {
        long now = ticker.nanos();
        if (!hasWaited || Thread.currentThread() == replaying) {
            hasWaited = true;
            waitingNanos = now;
        } else if (now - waitingNanos > MAX_LAG_NANOS && livePackets > 0) {
            waitingNanos = now;
            int before = size;
            removeVideo(false);
            dropped += before - size;
            untilKeyframe = true;
        }
    }

    private void replayed(RtpPacket packet, byte mark) {
        Replay running = replay;
        if (running == null) {
            removeVideo(true);
            running = new Replay(mark & TRACK);
            replay = running;
            put(running, EVENT);
            untilKeyframe = false;
        }
        running.add(packet.timestamp());
        put(packet, mark);
    }

    /** Takes out the video that waits: with that of a replay, or only what is live. */
    private void removeVideo(boolean replaysToo) {
        @Nullable Object[] oldItems = items;
        byte[] oldMarks = marks;
        int oldHead = head;
        int oldSize = size;
        items = new Object[oldItems.length];
        marks = new byte[oldMarks.length];
        head = 0;
        size = 0;
        livePackets = 0;
        liveBytes = 0;
        for (int i = 0; i < oldSize; i++) {
            int at = oldHead + i & oldItems.length - 1;
            Object item = oldItems[at];
            boolean isReplay = item instanceof Replay || (oldMarks[at] & REPLAYED) != 0;
            boolean isVideo = item instanceof Replay || item instanceof RtpPacket && (oldMarks[at] & VIDEO) != 0;
            if (item == null || isVideo && (replaysToo || !isReplay)) {
                continue;
            }
            if (item instanceof RtpPacket packet && !isReplay) {
                livePackets++;
                liveBytes += packet.payloadLength();
            }
            put(item, oldMarks[at]);
        }
    }

    private void put(Object item, byte mark) {
        if (size == items.length) {
            resize(items.length * 2);
        }
        int at = head + size & items.length - 1;
        items[at] = item;
        marks[at] = mark;
        size++;
    }

    private void shrink() {
        if (items.length > SHRINK_CAPACITY) {
            resize(FIRST_CAPACITY);
        }
    }

    private void resize(int capacity) {
        @Nullable Object[] newItems = new Object[capacity];
        byte[] newMarks = new byte[capacity];
        int first = Math.min(size, items.length - head);
        System.arraycopy(items, head, newItems, 0, first);
        System.arraycopy(items, 0, newItems, first, size - first);
        System.arraycopy(marks, head, newMarks, 0, first);
        System.arraycopy(marks, 0, newMarks, first, size - first);
        items = Arrays.copyOf(newItems, capacity);
        marks = newMarks;
        head = 0;
    }

    /** One thing polled; used again for the next. */
    static final class Item {
        private Object what = "";
        private int track;
        private boolean replayed;

        private void set(Object what, int track, boolean replayed) {
            this.what = what;
            this.track = track;
            this.replayed = replayed;
        }

        /** A packet, a list of tracks, a {@link Replay} that begins, or an end. */
        Object what() {
            return what;
        }

        /** The index of a packet's track. */
        int track() {
            return track;
        }

        /** Whether a packet belongs to the replay that began last. */
        boolean isReplayed() {
            return replayed;
        }
    }
}
