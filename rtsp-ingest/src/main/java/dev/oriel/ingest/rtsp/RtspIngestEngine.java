package dev.oriel.ingest.rtsp;

import dev.oriel.api.camera.CameraOptions;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.failure.NoEngine;
import dev.oriel.api.media.EndReason;
import dev.oriel.api.media.IngestEngine;
import dev.oriel.api.media.IngestSession;
import dev.oriel.api.media.MediaSink;
import dev.oriel.api.time.Ticker;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * The engine that opens cameras at URLs of {@link dev.oriel.protocol.rtsp.RtspScheme}, media on the connection or in datagrams.
 *
 * <p>A session's calls to its sink all come on one event loop. When the component is deactivated its sessions end with a
 * reason, and no thread or socket is left.
 */
@Component(
        service = IngestEngine.class,
        property = {
            IngestEngine.SCHEMES + "=rtsp",
            IngestEngine.SCHEMES + "=rtsps",
            IngestEngine.SCHEMES + "=rtsp+http",
            IngestEngine.SCHEMES + "=rtsph",
            IngestEngine.SCHEMES + "=rtsp+https",
            IngestEngine.SCHEMES + "=rtsps+http",
            IngestEngine.SCHEMES + "=rtspsh",
            IngestEngine.SCHEMES + "=rtsp+ws",
            IngestEngine.SCHEMES + "=rtsp+wss",
            IngestEngine.SCHEMES + "=rtsps+ws"
        })
public final class RtspIngestEngine implements IngestEngine {

    /** More cameras than one machine can carry; a bound for what goes wrong, not a setting. */
    private static final int MAX_SESSIONS = 1024;

    private static final EndReason STOPPED = new EndReason.Closed("The RTSP part of this server was stopped.");

    private final Ticker ticker;
    private final IngestThreads threads = new IngestThreads();
    private final KnownWays known = new KnownWays();
    private final Set<RtspSession> sessions = ConcurrentHashMap.newKeySet();

    /** An engine on the clock of this machine. */
    @Activate
    public RtspIngestEngine() {
        this(Ticker.system());
    }

    RtspIngestEngine(Ticker ticker) {
        this.ticker = ticker;
    }

    @Override
    public IngestSession open(SourceLocation location, CameraOptions options, MediaSink sink) {
        try {
            if (sessions.size() >= MAX_SESSIONS) {
                String sentence = "This server has " + MAX_SESSIONS + " cameras open and takes no more.";
                threads.loop().execute(() -> sink.onEnd(new EndReason.Failed(new NoEngine(sentence))));
                return () -> {};
            }
            return start(location, options, sink);
        } catch (RejectedExecutionException e) {
            // Stopped: there is no thread of the engine left to tell it on.
            sink.onEnd(STOPPED);
            return () -> {};
        }
    }

    private RtspSession start(SourceLocation location, CameraOptions options, MediaSink sink) {
        RtspSession session = new RtspSession(threads, ticker, location, options, known, sink, sessions::remove);
        sessions.add(session);
        try {
            session.start();
        } catch (RejectedExecutionException e) {
            sessions.remove(session);
            throw e;
        }
        return session;
    }

    /** Ends all sessions with a reason, then all threads. */
    @Deactivate
    public void stop() {
        sessions.forEach(session -> session.end(STOPPED));
        threads.close();
    }
}
