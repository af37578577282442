package dev.oriel.api.hub;

import dev.oriel.api.media.MediaSink;
import dev.oriel.api.media.Track;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** A share in a running camera, which keeps it running until the share is closed. Safe on any thread; no method blocks. */
@ProviderType
public interface StreamLease extends AutoCloseable {

    /** The camera's tracks as known now; never empty. */
    List<Track> tracks();

    /**
     * Starts to tell a sink about the camera: the tracks, the running group of pictures from its keyframe on, then what
     * comes. Called once.
     *
     * <p>Outages do not end it: while the camera is away nothing comes, and when it is back {@code onTracks} is called again.
     *
     * @throws IllegalStateException when called a second time
     */
    void attach(MediaSink sink);

    /** Tells the attached sink the running group of pictures once more, from its keyframe on, before what comes next. */
    void replay();

    /** How the camera is. */
    StreamStatus status();

    /** Gives the share back; idempotent. The sink gets its {@code onEnd} if it has not had one. */
    @Override
    void close();
}
