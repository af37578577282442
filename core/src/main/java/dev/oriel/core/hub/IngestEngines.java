package dev.oriel.core.hub;

import dev.oriel.api.camera.CameraOptions;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.media.IngestEngine;
import dev.oriel.api.media.IngestSession;
import dev.oriel.api.media.MediaSink;
import dev.oriel.core.service.Ranked;
import dev.oriel.core.service.Whiteboard;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The engines that open cameras, by URL scheme, best first. Safe on any thread. */
public final class IngestEngines {

    private final Whiteboard<IngestEngine> whiteboard = new Whiteboard<>();

    /** Takes an engine in, or takes note of its changed properties. */
    public void put(IngestEngine engine, Map<String, Object> properties) {
        whiteboard.put(engine, properties);
    }

    /** Lets an engine go. */
    public void remove(IngestEngine engine) {
        whiteboard.remove(engine);
    }

    /** The engines that open cameras of a scheme, best first. */
    public List<IngestEngine> of(String scheme) {
        return whiteboard.ranked().stream()
                .filter(entry -> names(entry, scheme))
                .map(Ranked::service)
                .toList();
    }

    /** Starts to open a camera; absent if the engine throws, which is logged once. */
    Optional<IngestSession> open(IngestEngine engine, SourceLocation location, CameraOptions options, MediaSink sink) {
        try {
            return Optional.of(engine.open(location, options, sink));
        } catch (RuntimeException | LinkageError e) {
            whiteboard.blame(engine, e);
            return Optional.empty();
        }
    }

    private static boolean names(Ranked<IngestEngine> entry, String scheme) {
        Object schemes = entry.properties().get(IngestEngine.SCHEMES);
        if (schemes instanceof String[] several) {
            return List.of(several).contains(scheme);
        }
        return schemes instanceof Collection<?> several ? several.contains(scheme) : scheme.equals(schemes);
    }
}
