package dev.oriel.core.relay;

import dev.oriel.api.camera.CameraSource;
import dev.oriel.api.failure.CameraUnreachable;
import dev.oriel.api.failure.CameraUnsupported;
import dev.oriel.api.failure.NoCommonCodec;
import dev.oriel.api.failure.NoEngine;
import dev.oriel.api.failure.RelayException;
import dev.oriel.api.hub.StreamHub;
import dev.oriel.api.hub.StreamLease;
import dev.oriel.api.media.IngestEngine;
import dev.oriel.api.media.PictureReport;
import dev.oriel.api.viewer.EgressEngine;
import dev.oriel.api.viewer.Offer;
import dev.oriel.api.viewer.ViewerSession;
import dev.oriel.api.viewer.WebRtcProvider;
import dev.oriel.core.camera.Substream;
import dev.oriel.core.hub.IngestEngines;
import dev.oriel.core.service.Whiteboard;
import dev.oriel.core.time.Bounded;
import dev.oriel.core.time.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The provider that shows a camera by this machine's own means: a lease of the hub, handed to the best engine that can.
 *
 * <p>A viewer who cannot play the camera's stream is shown its second one, where it has one; and so is everybody while the
 * first is known to hold B-frames.
 */
@Component(service = WebRtcProvider.class, immediate = true, property = "service.ranking:Integer=0")
public final class LocalProvider implements WebRtcProvider {

    /** The hub promises 5 seconds, and this service 8. */
    private static final long LEASE_NANOS = TimeUnit.MILLISECONDS.toNanos(5_500);

    private static final long ALL_NANOS = TimeUnit.MILLISECONDS.toNanos(7_800);
    /** An engine does not wait for the network, so this is for one that hangs. */
    private static final long ENGINE_NANOS = TimeUnit.MILLISECONDS.toNanos(4_000);

    /** Leaves time for the main stream when the second does not come. */
    private static final long SECOND_NANOS = TimeUnit.MILLISECONDS.toNanos(3_000);

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
        Optional<Substream> second = Substream.of(camera);
        return lease(camera, LEASE_NANOS).thenCompose(main -> {
            if (second.isEmpty()) {
                return answer(camera, offer, main, deadline);
            }
            return isReordered(main)
                    ? secondThenMain(camera, second.get(), offer, main, deadline)
                    : mainThenSecond(camera, second.get(), offer, main, deadline);
        });
    }

    /** For a viewer who may not be able to play the main stream. */
    private CompletionStage<ViewerSession> mainThenSecond(
            CameraSource camera, Substream second, Offer offer, StreamLease main, long deadline) {
        return answer(camera, offer, main, deadline).exceptionallyCompose(failure -> {
            if (!(InTurn.reason(failure, "The main stream") instanceof NoCommonCodec notMain)) {
                return CompletableFuture.failedFuture(failure);
            }
            return second(second, offer, LEASE_NANOS, deadline)
                    .exceptionallyCompose(also ->
                            CompletableFuture.failedFuture(both(notMain, InTurn.reason(also, "The second stream"))));
        });
    }

    /** For a main stream with B-frames, which no browser plays; better a stuttering picture than none. */
    private CompletionStage<ViewerSession> secondThenMain(
            CameraSource camera, Substream second, Offer offer, StreamLease main, long deadline) {
        return second(second, offer, SECOND_NANOS, deadline)
                .thenApply(session -> {
                    main.close();
                    return session;
                })
                .exceptionallyCompose(failure -> answer(camera, offer, main, deadline));
    }

    private CompletionStage<ViewerSession> second(Substream second, Offer offer, long mostNanos, long deadline) {
        return lease(second, Math.min(mostNanos, deadline - timeline.nanos()))
                .thenCompose(lease -> answer(second, offer, lease, deadline));
    }

    private CompletableFuture<StreamLease> lease(CameraSource camera, long withinNanos) {
        return Bounded.within(
                timeline,
                withinNanos,
                hub.lease(camera),
                new CameraUnreachable("The camera did not answer in time."),
                StreamLease::close);
    }

    private CompletionStage<ViewerSession> answer(CameraSource camera, Offer offer, StreamLease lease, long deadline) {
        List<EgressEngine> engines = egress.bestFirst();
        return InTurn.ask(
                        timeline,
                        engines,
                        engine -> engine.answer(camera.name(), offer, lease),
                        failure -> !isPassedOver(failure),
                        ENGINE_NANOS,
                        deadline - timeline.nanos())
                .whenComplete((session, failure) -> {
                    if (failure != null) {
                        lease.close();
                    }
                });
    }

    private static boolean isReordered(StreamLease lease) {
        return lease.status()
                .report()
                .picture()
                .filter(picture -> picture.order() != PictureReport.Order.AS_SHOWN)
                .isPresent();
    }

    private static RelayException both(NoCommonCodec main, RelayException second) {
        if (second instanceof NoCommonCodec other) {
            List<String> sent = new ArrayList<>(main.sent());
            sent.addAll(other.sent());
            return new NoCommonCodec(sent.stream().distinct().toList(), main.playable());
        }
        return new CameraUnsupported(
                main.sentence() + " Its second stream cannot be shown either: " + second.sentence());
    }

    private static boolean isPassedOver(RelayException failure) {
        return failure instanceof NoEngine || failure instanceof NoCommonCodec;
    }
}
