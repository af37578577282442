package dev.oriel.signaling.source;

import dev.oriel.api.camera.CameraSource;
import dev.oriel.api.camera.StreamName;
import java.util.HashMap;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * Cameras that clients have added over HTTP, known to everybody by their names until they are removed or this bundle stops.
 *
 * <p>They are kept in memory only: the clients that add cameras look each time whether they are still there. Safe on any
 * thread.
 */
@Component(service = AddedCameras.class, property = "oriel.signaling.internal=true")
public final class AddedCameras {

    /** A stranger must not fill the memory. */
    static final int MAX_CAMERAS = 256;

    private final Registrar registrar;
    private final Map<StreamName, Added> cameras = new HashMap<>();

    /** What makes a camera known. */
    @FunctionalInterface
    public interface Registrar {

        /** @return takes the camera back */
        Runnable register(CameraSource camera);
    }

    private record Added(CameraSource camera, Runnable removal) {}

    /** What became of a camera. */
    public enum Outcome {
        /** It is known now, or was already, by this name and at this place. */
        DONE,
        /** There are too many. */
        FULL
    }

    @Activate
    public AddedCameras(BundleContext context) {
        this((CameraSource camera) -> {
            ServiceRegistration<CameraSource> registration = context.registerService(CameraSource.class, camera, null);
            return registration::unregister;
        });
    }

    AddedCameras(Registrar registrar) {
        this.registrar = registrar;
    }

    /** The same with another way to make cameras known. */
    public static AddedCameras by(Registrar registrar) {
        return new AddedCameras(registrar);
    }

    /** Whether a camera of this name was added here. */
    public synchronized boolean holds(StreamName name) {
        return cameras.containsKey(name);
    }

    /** Adds a camera, or takes it in the place of the one of its name; an equal one goes on undisturbed. */
    public synchronized Outcome put(CameraSource camera) {
        Added before = cameras.get(camera.name());
        if (before != null && before.camera().equals(camera)) {
            return Outcome.DONE;
        }
        if (before == null && cameras.size() >= MAX_CAMERAS) {
            return Outcome.FULL;
        }
        if (before != null) {
            before.removal().run();
        }
        cameras.put(camera.name(), new Added(camera, registrar.register(camera)));
        return Outcome.DONE;
    }

    /** Removes a camera that was added here; without effect for others. */
    public synchronized void remove(StreamName name) {
        Added added = cameras.remove(name);
        if (added != null) {
            added.removal().run();
        }
    }

    /** Removes all. */
    @Deactivate
    public synchronized void stop() {
        cameras.values().forEach(added -> added.removal().run());
        cameras.clear();
    }
}
