package dev.oriel.api.viewer;

import dev.oriel.api.camera.CameraSource;
import dev.oriel.api.camera.StreamName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** The front door: the service that other bundles and signaling look up. Safe on any thread; no method blocks. */
@ProviderType
public interface StreamRelay {

    /**
     * Answers a viewer's offer for a known camera.
     *
     * @return the session within 9 seconds, or a failure with a {@link dev.oriel.api.failure.RelayException}
     */
    CompletionStage<ViewerSession> watch(StreamName stream, Offer offer);

    /** The same for a camera that need not be known by name. */
    CompletionStage<ViewerSession> watch(CameraSource camera, Offer offer);

    /** The cameras known by name, sorted by it; of equal names the one that counts. */
    List<CameraSource> cameras();

    /** Whether some provider takes this camera, so that WebRTC can show it. */
    boolean canWatch(CameraSource camera);

    /** A running session by its id; it stays known until it ends, whatever becomes of who asked for it. */
    Optional<ViewerSession> session(String id);

    /** How each viewer is. */
    List<ViewerStatus> viewers();
}
