package dev.oriel.core.hub;

import dev.oriel.api.media.EndReason;
import dev.oriel.api.media.MediaSink;
import dev.oriel.api.media.RtpPacket;
import dev.oriel.api.media.Track;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One sink with what the fan-out must know of it: whether it still waits for a keyframe, and whether it has failed.
 *
 * <p>A sink that throws is told nothing more but its end. Confined to one thread at a time by its owner.
 */
final class Outlet {

    private final MediaSink sink;
    private boolean awaitsKeyframe = true;
    private @Nullable Throwable failure;

    Outlet(MediaSink sink) {
        this.sink = sink;
    }

    /** Tells the tracks. */
    void tracks(List<Track> tracks) {
        try {
            if (failure == null) {
                sink.onTracks(tracks);
            }
        } catch (RuntimeException | LinkageError e) {
            failure = e;
        }
    }

    /** Tells a packet; video from the first keyframe on. */
    void packet(Track track, RtpPacket packet, boolean video) {
        if (failure != null) {
            return;
        }
        if (video && awaitsKeyframe) {
            if (!packet.startsKeyframe()) {
                return;
            }
            awaitsKeyframe = false;
        }
        try {
            sink.onPacket(track, packet);
        } catch (RuntimeException | LinkageError e) {
            failure = e;
        }
    }

    /** Tells the end; the owner takes care that it is the last call. */
    void end(EndReason reason) {
        try {
            sink.onEnd(reason);
        } catch (RuntimeException | LinkageError e) {
            failure = e;
        }
    }

    /** Holds video back until the next keyframe. */
    void awaitKeyframe() {
        awaitsKeyframe = true;
    }

    /** What the sink threw, if it did. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    MediaSink sink() {
        return sink;
    }
}
