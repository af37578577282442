package dev.oriel.signaling.source;

import dev.oriel.api.camera.CameraSource;
import dev.oriel.api.camera.StreamName;
import dev.oriel.api.failure.NoEngine;
import dev.oriel.api.viewer.Offer;
import dev.oriel.api.viewer.StreamRelay;
import dev.oriel.api.viewer.ViewerSession;
import dev.oriel.api.viewer.ViewerStatus;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Stands in while there is no relay, so that every dialect words its absence as it words any failure. */
public enum AbsentRelay implements StreamRelay {
    INSTANCE;

    @Override
    public CompletionStage<ViewerSession> watch(StreamName stream, Offer offer) {
        return CompletableFuture.failedFuture(absent());
    }

    @Override
    public CompletionStage<ViewerSession> watch(CameraSource camera, Offer offer) {
        return CompletableFuture.failedFuture(absent());
    }

    @Override
    public List<CameraSource> cameras() {
        return List.of();
    }

    @Override
    public boolean canWatch(CameraSource camera) {
        return false;
    }

    @Override
    public Optional<ViewerSession> session(String id) {
        return Optional.empty();
    }

    @Override
    public List<ViewerStatus> viewers() {
        return List.of();
    }

    private static NoEngine absent() {
        return new NoEngine("The part that runs cameras is not there at the moment.");
    }
}
