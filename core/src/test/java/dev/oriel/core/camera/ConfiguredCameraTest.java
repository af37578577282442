package dev.oriel.core.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.oriel.api.camera.CameraSource;
import dev.oriel.api.camera.SourceLocation;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

class ConfiguredCameraTest {

    private final List<Object[]> registered = new ArrayList<>();
    private final List<String> unregistered = new ArrayList<>();

    @Test
    void activate_goodConfiguration_registersACameraWithoutSecrets() {
        ConfiguredCamera component = new ConfiguredCamera(
                context(),
                Map.of(
                        "service.pid", "dev.oriel.camera~door",
                        "url", "rtsp://me:s3cret@camera/1",
                        "password", "s3cret",
                        "service.ranking", 3));

        assertEquals(CameraSource.class, registered.get(0)[0]);
        assertEquals("door", ((CameraSource) registered.get(0)[1]).name().value());
        Dictionary<?, ?> properties = (Dictionary<?, ?>) registered.get(0)[2];
        assertEquals("door", properties.get("camera.name"));
        assertEquals(3, properties.get("service.ranking"));
        assertNull(properties.get("password"));
        assertFalse((properties + " " + registered.get(0)[1]).contains("s3cret"));
        component.stop();
        assertEquals(1, unregistered.size());
    }

    @Test
    void activate_secondStream_isHandedOn() {
        new ConfiguredCamera(
                context(),
                Map.of(
                        "service.pid", "dev.oriel.camera~door",
                        "url", "rtsp://me:s3cret@camera/1",
                        "substreamUrl", "rtsp://camera/2"));

        CameraSource camera = (CameraSource) registered.get(0)[1];
        assertEquals(Optional.of(SourceLocation.parse("rtsp://me:s3cret@camera/2")), camera.substream());
    }

    @Test
    void activate_badConfiguration_isRefusedAndRegistersNothing() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new ConfiguredCamera(context(), Map.of("service.pid", "dev.oriel.camera~door")));
        assertEquals(0, registered.size());
    }

    private BundleContext context() {
        Object registration = Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ServiceRegistration.class}, (proxy, method, arguments) -> {
                    unregistered.add(method.getName());
                    return null;
                });
        return (BundleContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {BundleContext.class}, (proxy, method, arguments) -> {
                    registered.add(arguments);
                    return registration;
                });
    }
}
