package dev.oriel.core.relay;

import dev.oriel.api.camera.CameraSource;
import dev.oriel.api.camera.StreamName;
import dev.oriel.api.failure.NoEngine;
import dev.oriel.api.failure.OfferRejected;
import dev.oriel.api.failure.RelayException;
import dev.oriel.api.failure.StreamNotFound;
import dev.oriel.api.viewer.Offer;
import dev.oriel.api.viewer.StreamRelay;
import dev.oriel.api.viewer.ViewerSession;
import dev.oriel.api.viewer.ViewerStatus;
import dev.oriel.api.viewer.WebRtcProvider;
import dev.oriel.core.camera.KnownCameras;
import dev.oriel.core.service.Whiteboard;
import dev.oriel.core.time.Timeline;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The front door: asks the providers, best first, and keeps the sessions that come of it. */
@Component(service = StreamRelay.class, immediate = true)
public final class Relay implements StreamRelay {

    /** What a provider promises, and a little less than what this service promises. */
    private static final long EACH_NANOS = TimeUnit.MILLISECONDS.toNanos(8_000);

    private static final long ALL_NANOS = TimeUnit.MILLISECONDS.toNanos(8_800);

    private final Timeline timeline;
    private final KnownCameras known = new KnownCameras();
    private final Whiteboard<WebRtcProvider> providers = new Whiteboard<>();
    private final Sessions sessions = new Sessions();
    private volatile boolean stopped;

    @Activate
    public Relay(@Reference Timeline timeline) {
        this.timeline = timeline;
    }

    /** Ends every session. */
    @Deactivate
    public void stop() {
        stopped = true;
        sessions.close();
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void bindProvider(WebRtcProvider provider, Map<String, Object> properties) {
        providers.put(provider, properties);
    }

    public void updatedProvider(WebRtcProvider provider, Map<String, Object> properties) {
        providers.put(provider, properties);
    }

    public void unbindProvider(WebRtcProvider provider) {
        providers.remove(provider);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void bindCamera(CameraSource source, Map<String, Object> properties) {
        known.put(source, properties);
    }

    public void updatedCamera(CameraSource source, Map<String, Object> properties) {
        known.put(source, properties);
    }

    public void unbindCamera(CameraSource source) {
        known.remove(source);
    }

    @Override
    public CompletionStage<ViewerSession> watch(StreamName stream, Offer offer) {
        return known.find(stream)
                .<CompletionStage<ViewerSession>>map(camera -> watch(camera.source(), offer))
                .orElseGet(() -> CompletableFuture.failedFuture(new StreamNotFound(stream.value())));
    }

    @Override
    public CompletionStage<ViewerSession> watch(CameraSource camera, Offer offer) {
        List<WebRtcProvider> willing = providers.bestFirst().stream()
                .filter(provider -> supports(provider, camera))
                .toList();
        if (stopped || willing.isEmpty()) {
            return CompletableFuture.failedFuture(new NoEngine("Nothing is installed that can show this camera."));
        }
        // A future of our own: callers see the failure itself, and not the wrapper that a dependent stage puts around
        // it.
        CompletableFuture<ViewerSession> kept = new CompletableFuture<>();
        InTurn.ask(timeline, willing, provider -> provider.answer(camera, offer), Relay::isFinal, EACH_NANOS, ALL_NANOS)
                .thenAccept(session -> kept.complete(keep(session)))
                .exceptionally(failure -> {
                    kept.completeExceptionally(InTurn.reason(failure, "The relay"));
                    return null;
                });
        return kept;
    }

    @Override
    public List<CameraSource> cameras() {
        return known.sources();
    }

    @Override
    public boolean canWatch(CameraSource camera) {
        return providers.bestFirst().stream().anyMatch(provider -> supports(provider, camera));
    }

    @Override
    public Optional<ViewerSession> session(String id) {
        return sessions.find(id);
    }

    @Override
    public List<ViewerStatus> viewers() {
        return sessions.statuses();
    }

    private ViewerSession keep(ViewerSession session) {
        ViewerSession kept = sessions.add(session);
        if (stopped) {
            kept.close();
        }
        return kept;
    }

    private boolean supports(WebRtcProvider provider, CameraSource camera) {
        try {
            return provider.supports(camera);
        } catch (RuntimeException | LinkageError e) {
            providers.blame(provider, e);
            return false;
        }
    }

    /** What lies with the viewer's request is not helped by asking someone else. */
    private static boolean isFinal(RelayException failure) {
        return failure instanceof OfferRejected || failure instanceof StreamNotFound;
    }
}
