package dev.oriel.core.relay;

import dev.oriel.api.camera.StreamName;
import dev.oriel.api.media.EndReason;
import dev.oriel.api.viewer.ViewerSession;
import dev.oriel.api.viewer.ViewerStatus;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

final class FakeSession implements ViewerSession {

    final CompletableFuture<EndReason> ended = new CompletableFuture<>();
    private final String id;

    FakeSession(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String answer() {
        return "v=0";
    }

    @Override
    public CompletionStage<String> change(String sdpFragment) {
        return CompletableFuture.completedFuture("");
    }

    @Override
    public ViewerStatus status() {
        return new ViewerStatus(id, new StreamName("door"), ViewerStatus.State.CHECKING, 0, 0, 0, 0, 0, 0, "");
    }

    @Override
    public CompletionStage<EndReason> ended() {
        return ended;
    }

    @Override
    public void close() {
        ended.complete(EndReason.CLOSED);
    }
}
