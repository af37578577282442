package dev.oriel.core.camera;

import dev.oriel.api.camera.CameraOptions;
import dev.oriel.api.camera.CameraSource;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.camera.StreamName;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A camera from configuration: one {@link CameraSource} service for each configuration of the factory PID
 * {@code dev.oriel.camera}.
 *
 * <p>The service is registered by hand, for two reasons: its name may come from the PID, and a component's own service
 * would carry the whole configuration, password included, as properties that every bundle can read. A changed
 * configuration makes the component anew.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = CameraConfiguration.FACTORY_PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = CameraSettings.class, factory = true)
public final class ConfiguredCamera {

    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredCamera.class);

    private final ServiceRegistration<CameraSource> registration;

    /** @throws IllegalArgumentException if the configuration cannot be used; what is wrong is logged, too */
    @Activate
    public ConfiguredCamera(BundleContext context, Map<String, Object> properties) {
        CameraConfiguration configuration = checked(properties);
        Hashtable<String, Object> announced = new Hashtable<>();
        announced.put("camera.name", configuration.name().value());
        if (properties.get("service.ranking") instanceof Integer ranking) {
            announced.put("service.ranking", ranking);
        }
        registration = context.registerService(CameraSource.class, new Source(configuration), announced);
    }

    @Deactivate
    public void stop() {
        registration.unregister();
    }

    private static CameraConfiguration checked(Map<String, Object> properties) {
        try {
            return CameraConfiguration.read(properties);
        } catch (IllegalArgumentException e) {
            LOG.error("{}", e.getMessage());
            throw new IllegalArgumentException(e.getMessage());
        }
    }

    private record Source(CameraConfiguration configuration) implements CameraSource {

        @Override
        public StreamName name() {
            return configuration.name();
        }

        @Override
        public SourceLocation location() {
            return configuration.location();
        }

        @Override
        public CameraOptions options() {
            return configuration.options();
        }

        @Override
        public Optional<SourceLocation> substream() {
            return configuration.substream();
        }
    }
}
