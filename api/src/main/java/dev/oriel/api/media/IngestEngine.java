package dev.oriel.api.media;

import dev.oriel.api.camera.CameraOptions;
import dev.oriel.api.camera.SourceLocation;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A service that opens cameras of the URL schemes it names in the service property {@link #SCHEMES}.
 *
 * <p>It opens a camera once and tells one sink about it; sharing, waiting and opening again are the hub's business. When the
 * service goes away it ends all its sessions with a reason.
 */
@ConsumerType
public interface IngestEngine {

    /** Service property of type {@code String+}: the URL schemes this engine opens, lower case, e.g. {@code rtsp}. */
    String SCHEMES = "oriel.ingest.schemes";

    /**
     * Starts to open a camera and returns at once.
     *
     * <p>Tracks, packets and the end are told to the sink, on threads of the engine. {@code onTracks} comes when the media is
     * about to flow, within 5 seconds; a camera that cannot be opened shows as {@code onEnd} with the failure.
     */
    IngestSession open(SourceLocation location, CameraOptions options, MediaSink sink);
}
