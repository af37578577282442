package dev.oriel.signaling;

import dev.oriel.api.camera.CameraSource;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.camera.StreamName;
import dev.oriel.api.failure.StreamNotFound;
import dev.oriel.api.viewer.Offer;
import dev.oriel.api.viewer.StreamRelay;
import dev.oriel.api.viewer.ViewerSession;
import dev.oriel.api.viewer.ViewerStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A relay that does what a test tells it and remembers what it was asked. */
public final class FakeRelay implements StreamRelay {

    /** The next answer to any offer for a camera that is there. */
    public CompletableFuture<ViewerSession> next = CompletableFuture.completedFuture(new FakeSession("session-1"));

    public final Map<StreamName, CameraSource> known = new TreeMap<>();
    public final List<CameraSource> asked = new ArrayList<>();
    public final List<Offer> offers = new ArrayList<>();
    public final Map<String, ViewerSession> sessions = new TreeMap<>();

    private record Known(StreamName name, SourceLocation location) implements CameraSource {}

    public FakeRelay with(String name, String url) {
        StreamName key = new StreamName(name);
        known.put(key, new Known(key, SourceLocation.parse(url)));
        return this;
    }

    public FakeRelay failing(RuntimeException failure) {
        next = CompletableFuture.failedFuture(failure);
        return this;
    }

    @Override
    public CompletionStage<ViewerSession> watch(StreamName stream, Offer offer) {
        CameraSource camera = known.get(stream);
        return camera == null
                ? CompletableFuture.failedFuture(new StreamNotFound(stream.value()))
                : watch(camera, offer);
    }

    @Override
    public CompletionStage<ViewerSession> watch(CameraSource camera, Offer offer) {
        asked.add(camera);
        offers.add(offer);
        return next;
    }

    @Override
    public List<CameraSource> cameras() {
        return List.copyOf(known.values());
    }

    @Override
    public boolean canWatch(CameraSource camera) {
        return !camera.location().scheme().equals("http");
    }

    @Override
    public Optional<ViewerSession> session(String id) {
        return Optional.ofNullable(sessions.get(id));
    }

    @Override
    public List<ViewerStatus> viewers() {
        return sessions.values().stream().map(ViewerSession::status).toList();
    }
}
