package dev.oriel.core.hub;

import dev.oriel.api.camera.CameraOptions;
import dev.oriel.api.camera.CameraSource;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.camera.StreamName;
import dev.oriel.api.failure.NoEngine;
import dev.oriel.api.failure.RelayException;
import dev.oriel.api.failure.StreamNotFound;
import dev.oriel.api.hub.StreamHub;
import dev.oriel.api.hub.StreamLease;
import dev.oriel.api.hub.StreamStatus;
import dev.oriel.api.media.EndReason;
import dev.oriel.api.media.IngestEngine;
import dev.oriel.core.camera.KnownCameras;
import dev.oriel.core.camera.KnownCameras.Known;
import dev.oriel.core.time.Timeline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The hub: one {@link Camera} per location, for all who ask.
 *
 * <p>When a camera source leaves, the leases that were asked for through it end; leases asked for through another source
 * for the same location go on. Where sources for one location differ in their options, those of the source known by name
 * count, and one that is always on before others; where none is known by name, those of whoever asked first, until the last
 * lease is given back. They take effect with the next connection. A lease that is cancelled while it is waited for is given back.
 */
@Component(service = StreamHub.class, immediate = true)
public final class Hub implements StreamHub {

    /** The most cameras that are open, or whose last failure is remembered, without being known by name. */
    static final int MAX_CAMERAS = 1_000;

    private final Timeline timeline;
    private final IngestEngines engines = new IngestEngines();
    private final KnownCameras known = new KnownCameras();
    private final Map<SourceLocation, Camera> cameras = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    @Activate
    public Hub(@Reference Timeline timeline) {
        this.timeline = timeline;
    }

    /** Ends every lease and every session. */
    @Deactivate
    public void stop() {
        stopped = true;
        cameras.values().forEach(camera -> camera.stop(new EndReason.Closed("The hub has stopped.")));
        cameras.clear();
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void bindEngine(IngestEngine engine, Map<String, Object> properties) {
        engines.put(engine, properties);
        timeline.execute(() -> cameras.values().forEach(Camera::engineCame));
    }

    public void updatedEngine(IngestEngine engine, Map<String, Object> properties) {
        bindEngine(engine, properties);
    }

    public void unbindEngine(IngestEngine engine) {
        engines.remove(engine);
        cameras.values().forEach(camera -> camera.engineLeft(engine));
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void bindCamera(CameraSource source, Map<String, Object> properties) {
        known.put(source, properties);
        timeline.execute(this::recognise);
    }

    public void updatedCamera(CameraSource source, Map<String, Object> properties) {
        bindCamera(source, properties);
    }

    public void unbindCamera(CameraSource source) {
        known.remove(source);
        EndReason removed = new EndReason.Closed("camera removed");
        cameras.values().forEach(camera -> camera.endLeasesOf(source, removed));
        timeline.execute(this::recognise);
    }

    @Override
    public CompletionStage<StreamLease> lease(StreamName name) {
        return known.find(name)
                .<CompletionStage<StreamLease>>map(camera -> lease(camera, true))
                .orElseGet(() -> CompletableFuture.failedFuture(new StreamNotFound(name.value())));
    }

    @Override
    public CompletionStage<StreamLease> lease(CameraSource camera) {
        Optional<Known> registered = known.find(camera.name()).filter(counting -> counting.source() == camera);
        return registered
                .map(counting -> lease(counting, true))
                .orElseGet(() -> lease(new Known(camera, camera.name(), camera.location(), camera.options()), false));
    }

    @Override
    public List<StreamStatus> streams() {
        List<StreamStatus> all = new ArrayList<>();
        for (Known camera : known.all()) {
            Camera running = cameras.get(camera.location().normalised());
            all.add(
                    running == null
                            ? StreamStatus.idle(camera.name(), camera.location().url())
                            : running.status(camera.name()));
        }
        cameras.values().forEach(camera -> camera.statusIfUnknown().ifPresent(all::add));
        all.sort(Comparator.comparing(StreamStatus::name));
        return List.copyOf(all);
    }

    private CompletableFuture<StreamLease> lease(Known camera, boolean byName) {
        while (!stopped) {
            SourceLocation key = camera.location().normalised();
            if (!byName && cameras.size() >= MAX_CAMERAS && !cameras.containsKey(key)) {
                return CompletableFuture.failedFuture(refusal("There is no room for more cameras."));
            }
            boolean unheardOf = !cameras.containsKey(key);
            Camera running = at(key, camera);
            Optional<Lease> lease = running.ask(camera.source(), camera.name(), camera.options());
            if (lease.isPresent()) {
                if (stopped) {
                    lease.get().close();
                } else if (byName && unheardOf) {
                    timeline.execute(this::recognise);
                }
                return lease.get().granted();
            }
            cameras.remove(key, running);
        }
        return CompletableFuture.failedFuture(refusal("The hub has stopped."));
    }

    private static RelayException refusal(String sentence) {
        return new NoEngine(sentence);
    }

    private Camera at(SourceLocation key, Known camera) {
        return cameras.computeIfAbsent(
                key,
                where -> new Camera(
                        camera.name(), camera.location(), camera.options(), engines, timeline, this::retire));
    }

    private void retire(Camera camera) {
        cameras.remove(camera.location().normalised(), camera);
    }

    /** Brings the cameras in line with what is known by name; only ever run on the timeline, one at a time. */
    private void recognise() {
        Map<SourceLocation, Known> wanted = new HashMap<>();
        for (Known camera : known.all()) {
            wanted.merge(camera.location().normalised(), camera, (one, other) -> isAlways(one) ? one : other);
        }
        cameras.forEach((key, camera) -> {
            if (!wanted.containsKey(key)) {
                camera.forget();
            }
        });
        wanted.forEach((key, camera) -> {
            boolean told = stopped || !isAlways(camera) && !cameras.containsKey(key);
            while (!told) {
                Camera running = at(key, camera);
                told = running.know(camera.name(), camera.options());
                if (!told) {
                    cameras.remove(key, running);
                }
            }
        });
    }

    private static boolean isAlways(Known camera) {
        return camera.options().running() == CameraOptions.Running.ALWAYS;
    }
}
