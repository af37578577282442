package dev.oriel.api.viewer;

import dev.oriel.api.camera.StreamName;
import dev.oriel.api.hub.StreamLease;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A service that turns an offer into a viewer.
 *
 * <p>Of several engines the one with the highest service ranking is asked first; one that answers with
 * {@link dev.oriel.api.failure.NoEngine} or {@link dev.oriel.api.failure.NoCommonCodec} is passed over. When the service
 * goes away it ends all its sessions with a reason.
 */
@ConsumerType
public interface EgressEngine {

    /**
     * Answers an offer with media of a camera.
     *
     * @param lease the engine's own from now on if the answer succeeds: it attaches a sink, and closes the lease when the
     *     session ends. If the answer fails the lease stays the caller's.
     * @return the session, with its answer ready to be sent; or a failure with a
     *     {@link dev.oriel.api.failure.RelayException}. Nothing here waits for the network.
     */
    CompletionStage<ViewerSession> answer(StreamName stream, Offer offer, StreamLease lease);
}
