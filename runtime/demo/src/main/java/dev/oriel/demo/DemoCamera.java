package dev.oriel.demo;

import dev.oriel.api.camera.CameraSource;
import dev.oriel.api.camera.Credentials;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.camera.StreamName;
import dev.oriel.api.time.Ticker;
import java.io.IOException;
import java.util.Hashtable;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The camera named {@code demo}: runs the server and makes it known, unless its configuration says not to. */
@Component(
        service = {},
        immediate = true,
        configurationPid = DemoCamera.PID)
@Designate(ocd = DemoCamera.Configuration.class)
public final class DemoCamera {

    static final String PID = "dev.oriel.demo";
    static final StreamName NAME = new StreamName("demo");

    private static final Logger LOG = LoggerFactory.getLogger(DemoCamera.class);

    private final Optional<DemoServer> server;
    private final Optional<ServiceRegistration<CameraSource>> registration;

    /** The settings of the demo camera. */
    @ObjectClassDefinition(id = PID, name = "Oriel demo camera", description = "A camera that is always there.")
    public @interface Configuration {

        /** Whether the camera is there. */
        @AttributeDefinition(name = "Enabled", description = "Whether the demo camera is there.")
        boolean enabled() default true;
    }

    /** Starts the server; a port that cannot be opened leaves the camera out, with a word in the log. */
    @Activate
    public DemoCamera(BundleContext context, Configuration configuration) {
        server = configuration.enabled() ? start() : Optional.empty();
        Hashtable<String, Object> announced = new Hashtable<>();
        announced.put("camera.name", NAME.value());
        registration = server.map(running ->
                context.registerService(CameraSource.class, new Source(NAME, location(running.port())), announced));
    }

    /** Takes the camera back and ends its server. */
    @Deactivate
    public void deactivate() {
        registration.ifPresent(ServiceRegistration::unregister);
        server.ifPresent(DemoServer::close);
    }

    static SourceLocation location(int port) {
        return new SourceLocation("rtsp", "127.0.0.1", port, DemoDescription.PATH, Credentials.NONE);
    }

    private static Optional<DemoServer> start() {
        try {
            DemoServer server = DemoServer.start(Ticker.system());
            LOG.info("The demo camera is at {}", location(server.port()));
            return Optional.of(server);
        } catch (IOException e) {
            LOG.warn("There is no demo camera: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private record Source(StreamName name, SourceLocation location) implements CameraSource {}
}
