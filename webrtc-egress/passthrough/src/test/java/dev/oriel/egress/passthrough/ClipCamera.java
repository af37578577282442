package dev.oriel.egress.passthrough;

import dev.oriel.api.camera.StreamName;
import dev.oriel.api.hub.StreamLease;
import dev.oriel.api.hub.StreamState;
import dev.oriel.api.hub.StreamStatus;
import dev.oriel.api.media.Bytes;
import dev.oriel.api.media.Codec;
import dev.oriel.api.media.EndReason;
import dev.oriel.api.media.IngestReport;
import dev.oriel.api.media.MediaKind;
import dev.oriel.api.media.MediaSink;
import dev.oriel.api.media.RtpPacket;
import dev.oriel.api.media.Track;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A camera and its hub in one, for tests: an H.264 clip at 25 pictures a second, over and over, with silence in G.711 next to it.
 * It keeps its lease's promises: one lock, the running group first, the same packets for everyone.
 */
final class ClipCamera implements AutoCloseable {

    static final int FRAMES_PER_SECOND = 25;
    private static final int CLOCK = 90_000;
    private static final int FRAGMENT = 1100;

    final AtomicInteger open = new AtomicInteger();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final List<List<byte[]>> pictures = new ArrayList<>();
    private final List<Lease> leases = new ArrayList<>();
    private final List<RtpPacket> group = new ArrayList<>();
    private final Track video;
    private final Track audio = new Track(1, MediaKind.AUDIO, new Codec.Pcma(), 8000, 1);
    private int next;
    private int sequence = 65_000;
    private int timestamp = 0xffff0000;
    private int audioSequence;
    private int audioTimestamp;

    ClipCamera(String clip) throws IOException {
        List<Bytes> sets = new ArrayList<>();
        try (InputStream in = ClipCamera.class.getResourceAsStream("/clips/" + clip)) {
            List<byte[]> picture = new ArrayList<>();
            for (byte[] nal : nals(in.readAllBytes())) {
                int type = nal[0] & 0x1f;
                if (type == 7 || type == 8) {
                    if (sets.size() < 2) {
                        sets.add(Bytes.copyOf(nal));
                    }
                    picture.add(nal);
                } else if (type == 1 || type == 5) {
                    picture.add(nal);
                    // x264 writes one slice per picture unless told otherwise.
                    pictures.add(picture);
                    picture = new ArrayList<>();
                }
            }
        }
        video = new Track(0, MediaKind.VIDEO, new Codec.H264(sets), CLOCK, 1);
    }

    ClipCamera start() {
        thread.scheduleAtFixedRate(this::picture, 0, 1000 / FRAMES_PER_SECOND, TimeUnit.MILLISECONDS);
        thread.scheduleAtFixedRate(this::sound, 0, 20, TimeUnit.MILLISECONDS);
        return this;
    }

    /** As if it had run for this many pictures already. */
    ClipCamera skip(int count) {
        for (int i = 0; i < count; i++) {
            picture();
        }
        return this;
    }

    StreamLease lease() {
        open.incrementAndGet();
        return new Lease();
    }

    synchronized int groupPackets() {
        return group.size();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private synchronized void picture() {
        List<byte[]> picture = pictures.get(next++ % pictures.size());
        boolean key = picture.size() > 1 || (picture.get(0)[0] & 0x1f) == 5;
        if (key) {
            group.clear();
        }
        timestamp += CLOCK / FRAMES_PER_SECOND;
        boolean first = key;
        for (int i = 0; i < picture.size(); i++) {
            byte[] nal = picture.get(i);
            boolean last = i == picture.size() - 1;
            if (nal.length <= FRAGMENT) {
                video(nal, last, first);
                first = false;
                continue;
            }
            for (int at = 1; at < nal.length; at += FRAGMENT) {
                int size = Math.min(FRAGMENT, nal.length - at);
                byte[] fragment = new byte[size + 2];
                fragment[0] = (byte) (nal[0] & 0x60 | 28);
                fragment[1] = (byte) (nal[0] & 0x1f | (at == 1 ? 0x80 : 0) | (at + size == nal.length ? 0x40 : 0));
                System.arraycopy(nal, at, fragment, 2, size);
                video(fragment, last && at + size == nal.length, first);
                first = false;
            }
        }
    }

    private void video(byte[] payload, boolean marker, boolean first) {
        RtpPacket packet =
                new RtpPacket(sequence++, timestamp, marker, first, System.nanoTime(), payload, 0, payload.length);
        List.copyOf(leases).forEach(l -> l.tell(video, packet));
        group.add(packet);
    }

    private synchronized void sound() {
        byte[] silence = new byte[160];
        java.util.Arrays.fill(silence, (byte) 0xd5);
        RtpPacket packet =
                new RtpPacket(audioSequence++, audioTimestamp += 160, false, false, System.nanoTime(), silence, 0, 160);
        List.copyOf(leases).forEach(l -> l.tell(audio, packet));
    }

    private static List<byte[]> nals(byte[] stream) {
        List<byte[]> nals = new ArrayList<>();
        int start = -1;
        for (int i = 0; i + 2 < stream.length; i++) {
            if (stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1) {
                if (start >= 0) {
                    int end = stream[i - 1] == 0 ? i - 1 : i;
                    nals.add(java.util.Arrays.copyOfRange(stream, start, end));
                }
                start = i + 3;
            }
        }
        nals.add(java.util.Arrays.copyOfRange(stream, start, stream.length));
        return nals;
    }

    private final class Lease implements StreamLease {
        private MediaSink sink;
        private boolean closed;

        @Override
        public List<Track> tracks() {
            return List.of(video, audio);
        }

        @Override
        public void attach(MediaSink newSink) {
            synchronized (ClipCamera.this) {
                sink = newSink;
                leases.add(this);
                sink.onTracks(tracks());
                replay();
            }
        }

        void tell(Track track, RtpPacket packet) {
            sink.onPacket(track, packet);
        }

        @Override
        public void replay() {
            synchronized (ClipCamera.this) {
                group.forEach(p -> sink.onPacket(video, p));
            }
        }

        @Override
        public StreamStatus status() {
            return new StreamStatus(
                    new StreamName("clip"),
                    "test://clip",
                    StreamState.ACTIVE,
                    tracks(),
                    1,
                    0,
                    0,
                    0,
                    "",
                    Optional.empty(),
                    IngestReport.NONE);
        }

        @Override
        public void close() {
            synchronized (ClipCamera.this) {
                if (!closed) {
                    closed = true;
                    open.decrementAndGet();
                    leases.remove(this);
                    if (sink != null) {
                        sink.onEnd(EndReason.CLOSED);
                    }
                }
            }
        }
    }
}
