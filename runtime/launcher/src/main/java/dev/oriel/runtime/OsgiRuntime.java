package dev.oriel.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The OSGi framework with the distribution's bundles, from start to stop.
 *
 * <p>Bundles below {@link #CONFIGURED_LEVEL} run first, then Config Admin is told everything, then the others start: so no
 * component is activated with defaults and again with what the user said. Confined to the thread that starts it, but for
 * {@link #stop}.
 */
final class OsgiRuntime {

    /** The start level at which the configuration is written. */
    static final int CONFIGURED_LEVEL = 49;

    private static final int LAST_LEVEL = 100;
    private static final int LEVEL_TIMEOUT_SECONDS = 60;

    /** What bundles share with the launcher instead of bringing it: one log, and the types to configure them with. */
    private static final String SHARED_PACKAGES = String.join(
            ",",
            "org.slf4j;version=2.0.17",
            "org.slf4j.event;version=2.0.17",
            "org.slf4j.helpers;version=2.0.17",
            "org.slf4j.spi;version=2.0.17",
            "org.osgi.service.cm;version=1.6.1");

    private static final Logger LOG = LoggerFactory.getLogger(OsgiRuntime.class);

    private final Framework framework;

    private OsgiRuntime(Framework framework) {
        this.framework = framework;
    }

    /**
     * Makes a framework; nothing runs yet.
     *
     * @param storage a folder of its own for the framework, which empties it
     * @param properties framework properties, which bundles read too
     */
    static OsgiRuntime create(Path storage, Map<String, Object> properties) {
        Map<String, Object> configuration = new HashMap<>();
        properties.forEach((key, value) -> configuration.put(key, value.toString()));
        configuration.put(Constants.FRAMEWORK_STORAGE, storage.toString());
        configuration.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        configuration.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, SHARED_PACKAGES);
        configuration.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, Integer.toString(CONFIGURED_LEVEL));
        configuration.put("felix.log.logger", new FrameworkLog());
        return new OsgiRuntime(new FrameworkFactory().newFramework(configuration));
    }

    /**
     * Starts everything.
     *
     * @param folder with the bundles' files
     * @param configurations as in {@link Settings#configurations()}
     */
    void start(Path folder, List<BundleList.Entry> bundles, Map<String, Map<String, Object>> configurations)
            throws BundleException, IOException, InterruptedException {
        framework.init();
        BundleContext context = framework.getBundleContext();
        for (BundleList.Entry entry : bundles) {
            Path file = folder.resolve(entry.name() + ".jar");
            if (!Files.isRegularFile(file)) {
                throw new IOException("The bundle " + file + " is missing.");
            }
            Bundle bundle = context.installBundle("reference:" + file.toUri());
            bundle.adapt(BundleStartLevel.class).setStartLevel(entry.startLevel());
            if (!isFragment(bundle)) {
                bundle.start();
            }
        }
        framework.start();
        configure(context, configurations);
        raiseTo(LAST_LEVEL);
        for (Bundle bundle : context.getBundles()) {
            if (bundle.getState() != Bundle.ACTIVE && !isFragment(bundle)) {
                LOG.warn("The bundle {} did not start", bundle.getSymbolicName());
            }
        }
    }

    /** Part of another bundle, such as code for one kind of processor; it is not started by itself. */
    private static boolean isFragment(Bundle bundle) {
        return bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null;
    }

    /** The port the HTTP service listens on, absent while it does not. */
    OptionalInt httpPort() {
        BundleContext context = framework.getBundleContext();
        if (context == null) {
            return OptionalInt.empty();
        }
        try {
            ServiceReference<?>[] references = context.getAllServiceReferences(
                    "org.osgi.service.servlet.runtime.HttpServiceRuntime", "(osgi.http.endpoint=*)");
            return references == null
                    ? OptionalInt.empty()
                    : Endpoints.port(references[0].getProperty("osgi.http.endpoint"));
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until the framework was stopped, from here or from inside. */
    void awaitStop() throws InterruptedException {
        framework.waitForStop(0);
    }

    /** Stops all bundles and waits for it, at most the given time; may be called from any thread, and more than once. */
    void stop(long timeoutMillis) throws InterruptedException {
        try {
            framework.stop();
        } catch (BundleException e) {
            LOG.warn("The framework does not stop", e);
        }
        framework.waitForStop(timeoutMillis);
    }

    private static void configure(BundleContext context, Map<String, Map<String, Object>> configurations)
            throws IOException {
        ServiceReference<ConfigurationAdmin> reference = context.getServiceReference(ConfigurationAdmin.class);
        if (reference == null) {
            throw new IOException("Config Admin did not start.");
        }
        ConfigurationAdmin admin = context.getService(reference);
        for (Map.Entry<String, Map<String, Object>> entry : configurations.entrySet()) {
            String pid = entry.getKey();
            int tilde = pid.indexOf('~');
            Configuration configuration = tilde < 0
                    ? admin.getConfiguration(pid, "?")
                    : admin.getFactoryConfiguration(pid.substring(0, tilde), pid.substring(tilde + 1), "?");
            Dictionary<String, Object> properties = new Hashtable<>(entry.getValue());
            configuration.update(properties);
        }
        context.ungetService(reference);
    }

    private void raiseTo(int level) throws InterruptedException, IOException {
        CountDownLatch reached = new CountDownLatch(1);
        framework.adapt(FrameworkStartLevel.class).setStartLevel(level, event -> {
            if (event.getType() == FrameworkEvent.STARTLEVEL_CHANGED) {
                reached.countDown();
            }
        });
        if (!reached.await(LEVEL_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("The bundles did not start within " + LEVEL_TIMEOUT_SECONDS + " s.");
        }
    }
}
