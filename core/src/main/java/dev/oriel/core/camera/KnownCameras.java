package dev.oriel.core.camera;

import dev.oriel.api.camera.CameraOptions;
import dev.oriel.api.camera.CameraSource;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.camera.StreamName;
import dev.oriel.core.service.Whiteboard;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cameras that are registered as services; of equal names the one that counts. Safe on any thread. */
public final class KnownCameras {

    /**
     * What a camera said of itself when it was first asked; it is not asked again.
     *
     * @param source the service
     */
    public record Known(CameraSource source, StreamName name, SourceLocation location, CameraOptions options) {}

    private static final Logger LOG = LoggerFactory.getLogger(KnownCameras.class);

    private final Whiteboard<Known> whiteboard = new Whiteboard<>();
    private final Map<CameraSource, Known> bySource = new IdentityHashMap<>();
    private volatile SortedMap<StreamName, Known> counting = new TreeMap<>();

    /** Takes a camera in, or takes note of its changed ranking; one that cannot answer is logged and left out. */
    public synchronized void put(CameraSource source, Map<String, Object> properties) {
        try {
            Known known = bySource.get(source);
            if (known == null) {
                known = new Known(source, source.name(), source.location(), source.options());
                bySource.put(source, known);
            }
            whiteboard.put(known, properties);
            recount();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("{} is no camera that can be used", Whiteboard.nameOf(source), e);
        }
    }

    /** Lets a camera go. */
    public synchronized void remove(CameraSource source) {
        Known known = bySource.remove(source);
        if (known != null) {
            whiteboard.remove(known);
            recount();
        }
    }

    /** The camera that counts under a name. */
    public Optional<Known> find(StreamName name) {
        return Optional.ofNullable(counting.get(name));
    }

    /** The cameras that count, sorted by name. */
    public Collection<Known> all() {
        return counting.values();
    }

    /** The same as services. */
    public List<CameraSource> sources() {
        return counting.values().stream().map(Known::source).toList();
    }

    private void recount() {
        SortedMap<StreamName, Known> next = new TreeMap<>();
        for (Known known : whiteboard.bestFirst()) {
            next.putIfAbsent(known.name(), known);
        }
        counting = next;
    }
}
