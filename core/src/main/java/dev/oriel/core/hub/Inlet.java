package dev.oriel.core.hub;

import dev.oriel.api.failure.CameraUnreachable;
import dev.oriel.api.failure.RelayException;
import dev.oriel.api.media.EndReason;
import dev.oriel.api.media.IngestEngine;
import dev.oriel.api.media.IngestReport;
import dev.oriel.api.media.IngestSession;
import dev.oriel.api.media.MediaSink;
import dev.oriel.api.media.RtpPacket;
import dev.oriel.api.media.Track;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt to open a camera: the session of an engine, and the sink that it tells. */
final class Inlet implements MediaSink {

    private static final Logger LOG = LoggerFactory.getLogger(Inlet.class);

    private final Camera camera;
    private final long attempt;
    private final IngestEngine engine;

    /** Written once by the steps of the handover, read by whoever asks for a report. */
    private volatile @Nullable IngestSession session;

    /** Belongs to the camera's lock. */
    private List<Track> told = List.of();

    Inlet(Camera camera, long attempt, IngestEngine engine) {
        this.camera = camera;
        this.attempt = attempt;
        this.engine = engine;
    }

    long attempt() {
        return attempt;
    }

    IngestEngine engine() {
        return engine;
    }

    void session(IngestSession opened) {
        session = opened;
    }

    /** The tracks told last, empty if none were; under the camera's lock. */
    List<Track> told() {
        return told;
    }

    /** Keeps the tracks told last; under the camera's lock. */
    void told(List<Track> tracks) {
        told = List.copyOf(tracks);
    }

    /** What the tracks are called; under the camera's lock. */
    List<String> encodingNames() {
        return told.stream().map(track -> track.codec().encodingName()).toList();
    }

    /** What the engine knows; any thread, best without a lock. */
    IngestReport report() {
        IngestSession asked = session;
        try {
            return asked == null ? IngestReport.NONE : asked.report();
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("A session cannot say what it knows", e);
            return IngestReport.NONE;
        }
    }

    /** Lets go of the connection. */
    void close() {
        IngestSession closing = session;
        try {
            if (closing != null) {
                closing.close();
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.warn(
                    "Camera {}: its session could not be closed",
                    camera.location().url(),
                    e);
        }
    }

    @Override
    public void onTracks(List<Track> tracks) {
        camera.onTracks(this, tracks);
    }

    @Override
    public void onPacket(Track track, RtpPacket packet) {
        camera.onPacket(this, track, packet);
    }

    @Override
    public void onEnd(EndReason reason) {
        RelayException why = reason instanceof EndReason.Failed failed
                ? failed.cause()
                : new CameraUnreachable("The connection to the camera ended: " + reason.sentence());
        camera.onEnd(this, why);
    }
}
