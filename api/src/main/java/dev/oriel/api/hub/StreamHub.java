package dev.oriel.api.hub;

import dev.oriel.api.camera.CameraSource;
import dev.oriel.api.camera.StreamName;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The service that runs each camera at most once and shares it among any number of sinks.
 *
 * <p>Safe on any thread; no method blocks.
 */
@ProviderType
public interface StreamHub {

    /**
     * Asks for a share in a camera that is known by name.
     *
     * @return completes when the camera's tracks are known, at the latest after 5 seconds; or fails with a
     *     {@link dev.oriel.api.failure.RelayException}. Whoever gets a lease closes it.
     */
    CompletionStage<StreamLease> lease(StreamName name);

    /** The same for a camera that need not be known by name; cameras at one location with equal credentials are one. */
    CompletionStage<StreamLease> lease(CameraSource camera);

    /** How each known or running camera is, sorted by name. */
    List<StreamStatus> streams();
}
