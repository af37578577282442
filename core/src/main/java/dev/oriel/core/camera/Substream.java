package dev.oriel.core.camera;

import dev.oriel.api.camera.CameraOptions;
import dev.oriel.api.camera.CameraSource;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.camera.StreamName;
import java.util.Optional;

/**
 * The second stream of a camera, as a camera of its own that is never always on.
 *
 * @param camera whose it is
 * @param location where it is
 */
public record Substream(CameraSource camera, SourceLocation location) implements CameraSource {

    private static final String SUFFIX = ".sub";

    /** The second stream of a camera, if it has one. */
    public static Optional<Substream> of(CameraSource camera) {
        return camera.substream().map(location -> new Substream(camera, location));
    }

    /** The camera's name and {@code .sub}; the camera's own where that is too long. */
    @Override
    public StreamName name() {
        try {
            return new StreamName(camera.name().value() + SUFFIX);
        } catch (IllegalArgumentException e) {
            return camera.name();
        }
    }

    @Override
    public CameraOptions options() {
        return camera.options().with(CameraOptions.Running.ON_DEMAND);
    }
}
