package dev.oriel.api.media;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Whoever takes encoded media: the hub, a viewer, a recorder, a test.
 *
 * <p>Order of calls: {@code onTracks} first, and again whenever the tracks or their parameters change or the camera was
 * opened anew; then {@code onPacket} any number of times; then exactly one {@code onEnd}, and nothing after it.
 *
 * <p>Calls come one at a time, but not always on the same thread, and hold up everyone else who watches this camera: an
 * implementation returns at once and never blocks. What it throws is logged and ends its lease, nobody else's.
 */
@ConsumerType
public interface MediaSink {

    /** The tracks that packets belong to from now on. */
    void onTracks(List<Track> tracks);

    /** One packet of one of the tracks told last. */
    void onPacket(Track track, RtpPacket packet);

    /** The end, for good. */
    void onEnd(EndReason reason);
}
