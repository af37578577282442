package dev.oriel.core;

import static dev.oriel.core.hub.Fakes.RTSP;
import static dev.oriel.core.hub.Fakes.SOUND;
import static dev.oriel.core.hub.Fakes.VIDEO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.camera.CameraSource;
import dev.oriel.api.camera.StreamName;
import dev.oriel.api.hub.StreamHub;
import dev.oriel.api.hub.StreamLease;
import dev.oriel.api.media.IngestEngine;
import dev.oriel.api.viewer.StreamRelay;
import dev.oriel.api.viewer.WebRtcProvider;
import dev.oriel.core.hub.Fakes.Engine;
import dev.oriel.core.hub.Fakes.Sink;
import java.io.File;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** This bundle in a real framework, with a real component runtime: what annotations promise and only that can show. */
class BundleTest {

    private static final String API =
            List.of("camera", "discovery", "failure", "hub", "media", "signaling", "time", "viewer").stream()
                    .map(name -> "dev.oriel.api." + name + ";version=0.1.0")
                    .reduce("", (one, other) -> one + other + ",");

    @TempDir
    Path storage;

    private Framework framework;
    private BundleContext context;
    private Bundle core;

    @BeforeEach
    void start() throws Exception {
        framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        storage.toString(),
                        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                        API + "org.slf4j;version=2.0.17,org.osgi.service.cm;version=1.6.1",
                        "felix.log.level",
                        "0",
                        "ds.loglevel",
                        "0"));
        framework.start();
        context = framework.getBundleContext();
        install("org.osgi.util.function");
        install("org.osgi.util.promise");
        install("org.osgi.service.component");
        install("org.apache.felix.configadmin");
        install("org.apache.felix.scr");
        core = context.installBundle("reference:" + new File("target/classes").toURI());
        core.start();
    }

    @AfterEach
    void stop() throws Exception {
        framework.stop();
        framework.waitForStop(10_000);
    }

    @Test
    void services_areThere() {
        assertNotNull(service(StreamRelay.class));
        assertNotNull(service(StreamHub.class));
        assertNotNull(service(WebRtcProvider.class));
        ServiceReference<?> commands = reference("(osgi.command.scope=oriel)");
        Object shell = context.getService(commands);
        assertEquals("dev.oriel.core.shell.OrielCommands", shell.getClass().getName());
    }

    @Test
    void configuration_comesChangesAndGoes_soDoesTheCamera() throws Exception {
        Configuration door = configuration("door", Map.of("url", "rtsp://me:s3cret@camera/1", "password", "s3cret"));

        await(() -> urls().equals(List.of("rtsp://camera/1")));
        ServiceReference<CameraSource> reference = context.getServiceReference(CameraSource.class);
        assertEquals("door", reference.getProperty("camera.name"));
        for (String key : reference.getPropertyKeys()) {
            assertFalse(String.valueOf(reference.getProperty(key)).contains("s3cret"), key);
        }
        door.update(new Hashtable<>(Map.of("url", "rtsp://other/2")));
        await(() -> urls().equals(List.of("rtsp://other/2")));
        door.update(new Hashtable<>(Map.of("url", "nonsense")));
        await(() -> urls().isEmpty());
        assertNull(context.getServiceReference(CameraSource.class));
        door.update(new Hashtable<>(Map.of("url", "rtsp://other/3")));
        await(() -> urls().equals(List.of("rtsp://other/3")));
        door.delete();
        await(() -> urls().isEmpty());
    }

    @Test
    void ingestEngine_replacedWhileWatched_picturesGoOn() throws Exception {
        configuration("door", Map.of("url", "rtsp://camera/1"));
        Engine first = new Engine();
        ServiceRegistration<IngestEngine> registration = register(first, 0);
        await(() -> urls().size() == 1);
        var asked = service(StreamHub.class).lease(new StreamName("door")).toCompletableFuture();
        first.last().tracks(VIDEO, SOUND);
        StreamLease lease = asked.get(5, TimeUnit.SECONDS);
        Sink sink = new Sink();
        lease.attach(sink);
        first.last().video(1, true);

        registration.unregister();
        Engine worse = new Engine();
        Engine better = new Engine();
        register(worse, -5);
        await(() -> worse.sessions.size() == 1);
        register(better, 99);
        worse.last().tracks(VIDEO, SOUND);
        worse.last().video(2, true);

        assertEquals(1, first.last().closed);
        assertEquals("T2 v1 T2 v2", sink.take());
        assertEquals(
                0, better.sessions.size(), "a better engine takes over when the camera is opened next, not before");
        worse.last().sink.onEnd(new dev.oriel.api.media.EndReason.Closed("done"));
        await(() -> better.sessions.size() == 1);
    }

    @Test
    void stop_leavesNothingBehind_andStartsAgain() throws Exception {
        configuration("door", Map.of("url", "rtsp://camera/1", "alwaysOn", "true"));
        Engine engine = new Engine();
        register(engine, 0);
        await(() -> engine.sessions.size() == 1);
        engine.last().tracks(VIDEO);
        var lease = service(StreamHub.class)
                .lease(new StreamName("door"))
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);
        Sink sink = new Sink();
        lease.attach(sink);

        core.stop();

        assertEquals("T1 E", sink.take());
        assertEquals(1, engine.last().closed);
        assertTrue(Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("oriel-hub-")));
        assertNull(context.getServiceReference(StreamHub.class));
        core.start();
        await(() -> engine.sessions.size() == 2);
    }

    private void install(String name) throws Exception {
        String path = List.of(System.getProperty("java.class.path").split(File.pathSeparator)).stream()
                .filter(entry -> new File(entry).getName().startsWith(name + "-"))
                .findFirst()
                .orElseThrow();
        context.installBundle(new File(path).toURI().toString()).start();
    }

    private Configuration configuration(String name, Map<String, Object> properties) throws Exception {
        Configuration configuration =
                service(ConfigurationAdmin.class).getFactoryConfiguration("dev.oriel.camera", name, "?");
        configuration.update(new Hashtable<>(properties));
        return configuration;
    }

    private ServiceRegistration<IngestEngine> register(Engine engine, int ranking) {
        Map<String, Object> properties = new HashMap<>(RTSP);
        properties.put("service.ranking", ranking);
        Dictionary<String, Object> announced = new Hashtable<>(properties);
        return context.registerService(IngestEngine.class, engine, announced);
    }

    private List<String> urls() {
        return service(StreamRelay.class).cameras().stream()
                .map(camera -> camera.location().url())
                .toList();
    }

    private <T> T service(Class<T> type) {
        return context.getService(context.getServiceReference(type));
    }

    private ServiceReference<?> reference(String filter) {
        try {
            return context.getAllServiceReferences(null, filter)[0];
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Configuration Admin tells nobody when it is done, so this looks until it is. */
    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("did not come about within 10 seconds");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
