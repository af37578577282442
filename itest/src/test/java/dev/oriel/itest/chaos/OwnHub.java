package dev.oriel.itest.chaos;

import dev.oriel.api.camera.CameraOptions;
import dev.oriel.api.camera.CameraSource;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.camera.StreamName;
import dev.oriel.api.hub.StreamLease;
import dev.oriel.api.hub.StreamStatus;
import dev.oriel.api.media.IngestEngine;
import dev.oriel.core.hub.Hub;
import dev.oriel.core.time.Clockwork;
import dev.oriel.ingest.rtsp.RtspIngestEngine;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A hub and an RTSP engine in this process, which hold one camera open over UDP beside the viewer, for what they say of it. */
final class OwnHub implements AutoCloseable {

    private static final StreamName NAME = new StreamName("watched");
    private static final long PATIENCE_SECONDS = 10;

    private final Clockwork clockwork = new Clockwork();
    private final Hub hub = new Hub(clockwork);
    private final RtspIngestEngine engine = new RtspIngestEngine();
    private final StreamLease lease;

    private record Source(StreamName name, SourceLocation location, CameraOptions options) implements CameraSource {}

    OwnHub(String url) throws Exception {
        hub.bindEngine(engine, Map.of(IngestEngine.SCHEMES, "rtsp"));
        hub.bindCamera(
                new Source(NAME, SourceLocation.parse(url), CameraOptions.DEFAULT.with(CameraOptions.Transport.UDP)),
                Map.of());
        lease = hub.lease(NAME).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    StreamStatus status() {
        return hub.streams().get(0);
    }

    @Override
    public void close() {
        lease.close();
        hub.stop();
        engine.stop();
        clockwork.stop();
    }
}
