package dev.oriel.api.viewer;

import dev.oriel.api.camera.CameraSource;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A service that answers an offer for a camera by whatever means: Oriel's own hub and engines, or a server elsewhere.
 *
 * <p>Providers are tried by service ranking, highest first; after a failure the next is tried, but for failures that lie
 * with the viewer's offer.
 */
@ConsumerType
public interface WebRtcProvider {

    /** Whether this provider takes cameras of this kind at all; returns at once, without asking the network. */
    boolean supports(CameraSource camera);

    /** Answers an offer, within 8 seconds; or fails with a {@link dev.oriel.api.failure.RelayException}. */
    CompletionStage<ViewerSession> answer(CameraSource camera, Offer offer);
}
