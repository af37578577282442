package dev.oriel.api.camera;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A camera, made known by registering this interface as an OSGi service.
 *
 * <p>Cameras from configuration are registered by Oriel itself; any other bundle may register its own. Of several cameras
 * with one name the service with the highest ranking counts. The answers never change while the service is
 * registered: a camera that moves is unregistered and registered anew. Methods return at once and may be called from any
 * thread.
 */
@ConsumerType
public interface CameraSource {

    /** The name viewers ask for. */
    StreamName name();

    /** Where the camera is. */
    SourceLocation location();

    /** How it is run. */
    default CameraOptions options() {
        return CameraOptions.DEFAULT;
    }

    /**
     * A second stream of the same camera, shown to viewers who cannot play the first. It is run with the same options, but
     * never always on.
     */
    default Optional<SourceLocation> substream() {
        return Optional.empty();
    }
}
