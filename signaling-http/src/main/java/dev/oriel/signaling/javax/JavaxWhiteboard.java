package dev.oriel.signaling.javax;

import dev.oriel.signaling.background.Background;
import dev.oriel.signaling.front.HttpFront;
import dev.oriel.signaling.front.Registration;
import dev.oriel.signaling.settings.SignalingSettings;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javax.servlet.Servlet;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Puts the front on the whiteboard of a server that speaks {@code javax.servlet}, as long as there is one and none that
 * speaks {@code jakarta.servlet}: a server that speaks both would see one path claimed twice.
 *
 * <p>It runs without one, too: Karaf says of a bundle with a component that lacks something that it waits. No signature here names a
 * type of the servlet API, which may be missing.
 */
@Component(service = {})
public final class JavaxWhiteboard {

    /**
     * Pax Web takes away what a stopped bundle had registered on a thread of its own, and may come to it when the bundle has been started
     * again: then it takes the new servlet, for good. It was seen to be 40 ms late.
     */
    private static final long LATE_CLEANING_MILLIS = 500;

    private final BundleContext context;
    private final Background background;
    private final HttpFront front;
    private final String prefix;
    private final Set<ServiceReference<?>> servers = new HashSet<>();
    private final Set<ServiceReference<?>> jakarta = new HashSet<>();
    private Optional<ServiceRegistration<Servlet>> registration = Optional.empty();
    private Background.Alarm settled = () -> {};
    private boolean active;
    private boolean serving;

    @Activate
    public JavaxWhiteboard(
            @Reference HttpFront front,
            @Reference SignalingSettings settings,
            @Reference Background background,
            BundleContext context) {
        this.context = context;
        this.background = background;
        this.front = front;
        this.prefix = settings.prefix();
    }

    /** Comes after all servers that are there by now were bound. */
    @Activate
    public synchronized void start() {
        active = true;
        settled = background.after(LATE_CLEANING_MILLIS, this::serve);
    }

    @Deactivate
    public synchronized void stop() {
        active = false;
        serving = false;
        settled.cancel();
        settle();
    }

    private synchronized void serve() {
        serving = active;
        settle();
    }

    /** A reference and not the service: its type may be missing on a server of one world. */
    @Reference(
            service = org.osgi.service.http.runtime.HttpServiceRuntime.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    public synchronized void bindServer(ServiceReference<?> server) {
        servers.add(server);
        settle();
    }

    public synchronized void unbindServer(ServiceReference<?> server) {
        servers.remove(server);
        settle();
    }

    /** A reference for the same reason. */
    @Reference(
            service = org.osgi.service.servlet.runtime.HttpServiceRuntime.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    public synchronized void bindJakarta(ServiceReference<?> server) {
        jakarta.add(server);
        settle();
    }

    public synchronized void unbindJakarta(ServiceReference<?> server) {
        jakarta.remove(server);
        settle();
    }

    private void settle() {
        boolean wanted = serving && !servers.isEmpty() && jakarta.isEmpty();
        if (wanted && registration.isEmpty()) {
            registration = Optional.of(
                    context.registerService(Servlet.class, new JavaxServlet(front), Registration.properties(prefix)));
        } else if (!wanted && registration.isPresent()) {
            registration.get().unregister();
            registration = Optional.empty();
        }
    }
}
