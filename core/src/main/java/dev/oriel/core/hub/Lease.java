package dev.oriel.core.hub;

import dev.oriel.api.camera.CameraSource;
import dev.oriel.api.camera.StreamName;
import dev.oriel.api.hub.StreamLease;
import dev.oriel.api.hub.StreamStatus;
import dev.oriel.api.media.EndReason;
import dev.oriel.api.media.MediaSink;
import dev.oriel.api.media.Track;
import dev.oriel.core.camera.Substream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A share in a camera, from the asking to the giving back; all it does is its camera's doing. */
final class Lease implements StreamLease {

    private final Camera camera;
    private final long ticket;
    private final CameraSource source;
    private final StreamName name;
    private final long lingerNanos;
    private final CompletableFuture<StreamLease> granted = new CompletableFuture<>();

    /** The two below belong to the camera's lock. */
    private @Nullable Outlet outlet;

    private @Nullable EndReason end;

    Lease(Camera camera, long ticket, CameraSource source, StreamName name, long lingerNanos) {
        this.camera = camera;
        this.ticket = ticket;
        this.source = source;
        this.name = name;
        this.lingerNanos = lingerNanos;
    }

    @Override
    public List<Track> tracks() {
        return camera.tracks();
    }

    @Override
    public void attach(MediaSink sink) {
        camera.attach(this, sink);
    }

    @Override
    public void replay() {
        camera.replay(this);
    }

    @Override
    public StreamStatus status() {
        return camera.status(name);
    }

    @Override
    public void close() {
        camera.end(this, EndReason.CLOSED);
    }

    /** Completes when the lease is handed out; completed from outside, it is given back instead. */
    CompletableFuture<StreamLease> granted() {
        return granted;
    }

    /** Hands it out; given back if nobody waits for it any more. */
    void handOut() {
        if (!granted.complete(this)) {
            close();
        }
    }

    long ticket() {
        return ticket;
    }

    /** Whether it was asked for through a source, or through the second stream of one. */
    boolean isOf(CameraSource asked) {
        return source == asked || source instanceof Substream second && second.camera() == asked;
    }

    long lingerNanos() {
        return lingerNanos;
    }

    @Nullable
    Outlet outlet() {
        return outlet;
    }

    void outlet(Outlet attached) {
        outlet = attached;
    }

    /** Why it is over; absent while it is not. */
    @Nullable
    EndReason end() {
        return end;
    }

    void end(EndReason reason) {
        end = reason;
    }
}
