package dev.oriel.ingest.rtsp;

import dev.oriel.api.camera.SourceLocation;
import dev.oriel.protocol.rtsp.client.MediaWay;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How media came from cameras that were open before, so that the next opening need not try. Any thread.
 *
 * <p>A camera that ended badly is forgotten: it may have been set up anew, and all ways are tried again.
 */
final class KnownWays {

    private static final int MAX_CAMERAS = 1024;

    /** By URL without credentials, the longest unused first. */
    private final Map<String, MediaWay> ways = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, MediaWay> eldest) {
            return size() > MAX_CAMERAS;
        }
    };

    synchronized Optional<MediaWay> of(SourceLocation camera) {
        return Optional.ofNullable(ways.get(camera.url()));
    }

    synchronized void worked(SourceLocation camera, MediaWay way) {
        ways.put(camera.url(), way);
    }

    synchronized void forget(SourceLocation camera) {
        ways.remove(camera.url());
    }
}
