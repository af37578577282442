package dev.oriel.core.hub;

import dev.oriel.api.camera.CameraOptions;
import dev.oriel.api.camera.CameraSource;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.camera.StreamName;
import dev.oriel.api.media.Codec;
import dev.oriel.api.media.EndReason;
import dev.oriel.api.media.IngestEngine;
import dev.oriel.api.media.IngestReport;
import dev.oriel.api.media.IngestSession;
import dev.oriel.api.media.MediaKind;
import dev.oriel.api.media.MediaSink;
import dev.oriel.api.media.RtpPacket;
import dev.oriel.api.media.Track;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/** Cameras, engines and sinks that do what a test says. */
public final class Fakes {

    /** What an ingest engine for rtsp is registered with. */
    public static final Map<String, Object> RTSP = Map.of(IngestEngine.SCHEMES, new String[] {"rtsp"});

    public static final Track VIDEO = new Track(0, MediaKind.VIDEO, new Codec.H264(List.of()), 90_000, 1);
    public static final Track SOUND = new Track(1, MediaKind.AUDIO, new Codec.Pcma(), 8_000, 1);

    private Fakes() {}

    /** An on-demand camera that lingers for ten seconds. */
    public static CameraSource camera(String name, String url) {
        return camera(name, url, CameraOptions.DEFAULT);
    }

    public static CameraSource camera(String name, String url, CameraOptions options) {
        return new Source(new StreamName(name), SourceLocation.parse(url), options);
    }

    public static CameraOptions always() {
        return CameraOptions.DEFAULT.with(CameraOptions.Running.ALWAYS);
    }

    public static RtpPacket packet(int sequenceNumber, boolean keyframe) {
        return packet(sequenceNumber, sequenceNumber * 3000, keyframe, 10);
    }

    static RtpPacket packet(int sequenceNumber, int timestamp, boolean keyframe, int length) {
        return new RtpPacket(sequenceNumber, timestamp, true, keyframe, 0, new byte[length], 0, length);
    }

    /** What a stage failed with. */
    public static Throwable failure(CompletionStage<?> stage) {
        return stage.handle((value, failure) -> {
                    if (failure == null) {
                        throw new AssertionError("did not fail");
                    }
                    return failure instanceof CompletionException ? failure.getCause() : failure;
                })
                .toCompletableFuture()
                .getNow(new AssertionError("still waiting"));
    }

    private static final class Source implements CameraSource {

        private final StreamName name;
        private final SourceLocation location;
        private final CameraOptions options;

        Source(StreamName name, SourceLocation location, CameraOptions options) {
            this.name = name;
            this.location = location;
            this.options = options;
        }

        @Override
        public StreamName name() {
            return name;
        }

        @Override
        public SourceLocation location() {
            return location;
        }

        @Override
        public CameraOptions options() {
            return options;
        }
    }

    /** An engine that opens nothing by itself: the test speaks for the camera, through the sinks it was given. */
    public static final class Engine implements IngestEngine {

        public final List<Session> sessions = new ArrayList<>();

        @Override
        public synchronized IngestSession open(SourceLocation location, CameraOptions options, MediaSink sink) {
            Session session = new Session(location, options, sink);
            sessions.add(session);
            return session;
        }

        public Session last() {
            return sessions.get(sessions.size() - 1);
        }
    }

    /** One opening of a camera. */
    public static final class Session implements IngestSession {

        public final SourceLocation location;
        public final CameraOptions options;
        public final MediaSink sink;
        public int closed;
        public IngestReport report = IngestReport.NONE;

        Session(SourceLocation location, CameraOptions options, MediaSink sink) {
            this.location = location;
            this.options = options;
            this.sink = sink;
        }

        public void tracks(Track... tracks) {
            sink.onTracks(List.of(tracks));
        }

        public void video(int sequenceNumber, boolean keyframe) {
            sink.onPacket(VIDEO, packet(sequenceNumber, keyframe));
        }

        public void sound(int sequenceNumber) {
            sink.onPacket(SOUND, packet(sequenceNumber, false));
        }

        @Override
        public IngestReport report() {
            return report;
        }

        @Override
        public void close() {
            closed++;
            sink.onEnd(EndReason.CLOSED);
        }
    }

    /** A sink that does this with each packet, and nothing else. */
    static MediaSink onPacket(BiConsumer<Track, RtpPacket> action) {
        return new MediaSink() {
            @Override
            public void onTracks(List<Track> tracks) {}

            @Override
            public void onPacket(Track track, RtpPacket packet) {
                action.accept(track, packet);
            }

            @Override
            public void onEnd(EndReason reason) {}
        };
    }

    /** A sink that writes down what it is told: {@code T} tracks, {@code v5} and {@code s5} packets, {@code E} the end. */
    public static final class Sink implements MediaSink {

        public final List<String> told = new ArrayList<>();
        public List<EndReason> ends = new ArrayList<>();

        @Override
        public void onTracks(List<Track> tracks) {
            told.add("T" + tracks.size());
        }

        @Override
        public void onPacket(Track track, RtpPacket packet) {
            told.add((track.kind() == MediaKind.VIDEO ? "v" : "s") + packet.sequenceNumber());
        }

        @Override
        public void onEnd(EndReason reason) {
            told.add("E");
            ends.add(reason);
        }

        /** What was told since this was last asked. */
        public String take() {
            String all = String.join(" ", told);
            told.clear();
            return all;
        }
    }
}
