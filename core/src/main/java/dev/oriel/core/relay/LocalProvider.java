package dev.oriel.core.relay;

import dev.oriel.api.camera.CameraSource;
import dev.oriel.api.failure.CameraUnreachable;
import dev.oriel.api.failure.NoCommonCodec;
import dev.oriel.api.failure.NoEngine;
import dev.oriel.api.failure.RelayException;
import dev.oriel.api.hub.StreamHub;
import dev.oriel.api.hub.StreamLease;
import dev.oriel.api.media.IngestEngine;
import dev.oriel.api.viewer.EgressEngine;
import dev.oriel.api.viewer.Offer;
import dev.oriel.api.viewer.ViewerSession;
import dev.oriel.api.viewer.WebRtcProvider;
import dev.oriel.core.hub.IngestEngines;
import dev.oriel.core.service.Whiteboard;
import dev.oriel.core.time.Bounded;
import dev.oriel.core.time.Timeline;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The provider that shows a camera by this machine's own means: a lease of the hub, handed to the best engine that can. */
@Component(service = WebRtcProvider.class, immediate = true, property = "service.ranking:Integer=0")
public final class LocalProvider implements WebRtcProvider {

    /** The hub promises 6 seconds, and this service 8. */
    private static final long LEASE_NANOS = TimeUnit.MILLISECONDS.toNanos(6_500);

    private static final long ALL_NANOS = TimeUnit.MILLISECONDS.toNanos(7_800);
    /** An engine does not wait for the network, so this is for one that hangs. */
    private static final long ENGINE_NANOS = TimeUnit.MILLISECONDS.toNanos(4_000);

    private final StreamHub hub;
    private final Timeline timeline;
    private final IngestEngines ingest = new IngestEngines();
    private final Whiteboard<EgressEngine> egress = new Whiteboard<>();

    @Activate
    public LocalProvider(@Reference StreamHub hub, @Reference Timeline timeline) {
        this.hub = hub;
        this.timeline = timeline;
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void bindIngest(IngestEngine engine, Map<String, Object> properties) {
        ingest.put(engine, properties);
    }

    public void updatedIngest(IngestEngine engine, Map<String, Object> properties) {
        ingest.put(engine, properties);
    }

    public void unbindIngest(IngestEngine engine) {
        ingest.remove(engine);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void bindEgress(EgressEngine engine, Map<String, Object> properties) {
        egress.put(engine, properties);
    }

    public void updatedEgress(EgressEngine engine, Map<String, Object> properties) {
        egress.put(engine, properties);
    }

    public void unbindEgress(EgressEngine engine) {
        egress.remove(engine);
    }

    /** True for cameras that an ingest engine opens, as long as there is an egress engine to show them. */
    @Override
    public boolean supports(CameraSource camera) {
        return !egress.bestFirst().isEmpty()
                && !ingest.of(camera.location().scheme()).isEmpty();
    }

    @Override
    public CompletionStage<ViewerSession> answer(CameraSource camera, Offer offer) {
        long deadline = timeline.nanos() + ALL_NANOS;
        CompletableFuture<StreamLease> lease = Bounded.within(
                timeline,
                LEASE_NANOS,
                hub.lease(camera),
                new CameraUnreachable("The camera did not answer in time."),
                StreamLease::close);
        return lease.thenCompose(granted -> answer(camera, offer, granted, deadline - timeline.nanos()));
    }

    private CompletionStage<ViewerSession> answer(CameraSource camera, Offer offer, StreamLease lease, long leftNanos) {
        List<EgressEngine> engines = egress.bestFirst();
        return InTurn.ask(
                        timeline,
                        engines,
                        engine -> engine.answer(camera.name(), offer, lease),
                        failure -> !isPassedOver(failure),
                        ENGINE_NANOS,
                        leftNanos)
                .whenComplete((session, failure) -> {
                    if (failure != null) {
                        lease.close();
                    }
                });
    }

    private static boolean isPassedOver(RelayException failure) {
        return failure instanceof NoEngine || failure instanceof NoCommonCodec;
    }
}
