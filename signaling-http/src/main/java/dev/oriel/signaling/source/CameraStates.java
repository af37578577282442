package dev.oriel.signaling.source;

import dev.oriel.api.camera.StreamName;
import dev.oriel.api.failure.NoEngine;
import dev.oriel.api.hub.StreamHub;
import dev.oriel.api.hub.StreamLease;
import dev.oriel.api.hub.StreamStatus;
import dev.oriel.api.media.Track;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** What the hub knows of cameras, for pages and for dialects that tell codecs; nothing while there is no hub. */
@Component(service = CameraStates.class, property = "oriel.signaling.internal=true")
public final class CameraStates {

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable StreamHub hub;

    @Activate
    public CameraStates() {}

    /** The same over a hub that is given. */
    public CameraStates(StreamHub hub) {
        this.hub = hub;
    }

    /** How each known or running camera is. */
    public Map<StreamName, StreamStatus> byName() {
        StreamHub current = hub;
        Map<StreamName, StreamStatus> states = new HashMap<>();
        if (current != null) {
            current.streams().forEach(status -> states.put(status.name(), status));
        }
        return states;
    }

    /**
     * What a camera sends; opens it for a moment if it is not open.
     *
     * @return within six seconds, or a failure with a {@link dev.oriel.api.failure.RelayException}
     */
    public CompletionStage<List<Track>> tracks(StreamName name) {
        StreamHub current = hub;
        if (current == null) {
            return CompletableFuture.failedFuture(new NoEngine("The part that runs cameras is not there."));
        }
        return current.lease(name).thenApply(CameraStates::look);
    }

    private static List<Track> look(StreamLease lease) {
        try (lease) {
            return lease.tracks();
        }
    }
}
