package dev.oriel.itest.watcher;

import dev.oriel.api.camera.CameraSource;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.camera.StreamName;
import dev.oriel.api.hub.StreamHub;
import dev.oriel.api.hub.StreamLease;
import dev.oriel.api.viewer.StreamRelay;
import java.lang.management.ManagementFactory;
import java.util.Hashtable;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Watches one camera at a time by way of plain service references. Safe on any thread. */
@Component(
        service = {},
        immediate = true)
public final class Watcher implements WatcherMBean {

    private static final int LEASE_SECONDS = 8;

    private final StreamHub hub;
    private final StreamRelay relay;
    private volatile Count count = new Count();
    private final BundleContext context;
    private Optional<StreamLease> lease = Optional.empty();

    /** Begins to answer over JMX. */
    @Activate
    public Watcher(BundleContext context, @Reference StreamHub hub, @Reference StreamRelay relay) throws JMException {
        this.context = context;
        this.hub = hub;
        this.relay = relay;
        server().registerMBean(this, new ObjectName(NAME));
    }

    @Deactivate
    void deactivate() throws JMException {
        server().unregisterMBean(new ObjectName(NAME));
        stop();
    }

    @Override
    public synchronized String[] watch(String stream) {
        stop();
        Count counting = new Count();
        count = counting;
        try {
            StreamLease fresh =
                    hub.lease(new StreamName(stream)).toCompletableFuture().get(LEASE_SECONDS, TimeUnit.SECONDS);
            lease = Optional.of(fresh);
            fresh.attach(counting);
            return fresh.tracks().stream()
                    .map(track -> track.codec().encodingName())
                    .toArray(String[]::new);
        } catch (ExecutionException e) {
            throw new IllegalStateException(String.valueOf(e.getCause()));
        } catch (TimeoutException e) {
            throw new IllegalStateException("The hub gave no answer within " + LEASE_SECONDS + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted");
        }
    }

    @Override
    public synchronized void stop() {
        lease.ifPresent(StreamLease::close);
        lease = Optional.empty();
    }

    @Override
    public void addCamera(String name, String like) {
        SourceLocation location = relay.cameras().stream()
                .filter(camera -> camera.name().value().equals(like))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no camera " + like))
                .location();
        context.registerService(CameraSource.class, new OwnCamera(new StreamName(name), location), new Hashtable<>());
    }

    @Override
    public long getPackets() {
        return count.packets();
    }

    @Override
    public long getKeyframes() {
        return count.keyframes();
    }

    @Override
    public long getDescriptions() {
        return count.descriptions();
    }

    @Override
    public String[] getCameras() {
        return relay.cameras().stream().map(camera -> camera.name().value()).toArray(String[]::new);
    }

    @Override
    public String[] getViewers() {
        return relay.viewers().stream().map(viewer -> viewer.state().name()).toArray(String[]::new);
    }

    private record OwnCamera(StreamName name, SourceLocation location) implements CameraSource {}

    private static MBeanServer server() {
        return ManagementFactory.getPlatformMBeanServer();
    }
}
