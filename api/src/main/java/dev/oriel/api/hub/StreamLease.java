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
     * <p>The tracks and the running group are told on the calling thread, before this method returns; whatever comes
     * afterwards is live. In between nothing is lost and nothing comes twice. Video always begins with a keyframe: where no
     * group is kept, it is held back until the next one.
     *
     * <p>Outages do not end it: while the camera is away nothing comes, and when it is back {@code onTracks} is called again,
     * and video resumes at a keyframe. A lease that is over already only gets its {@code onEnd}.
     *
     * <p>A sink is told one thing at a time under a lock of its camera. So whoever calls this method, {@link #replay()} or
     * {@link #close()} holds no lock of its own that the sink needs too.
     *
     * @throws IllegalStateException when called a second time
     */
    void attach(MediaSink sink);

    /**
     * Tells the attached sink the running group of pictures once more, from its keyframe on, before what comes next.
     *
     * <p>The packets are told on the calling thread, before this method returns, and are the same objects as before. Without
     * a group nothing is told. Called from within {@code onPacket}, it tells what came before the packet at hand.
     */
    void replay();

    /** How the camera is. */
    StreamStatus status();

    /** Gives the share back; idempotent. The sink gets its {@code onEnd} if it has not had one. */
    @Override
    void close();
}
