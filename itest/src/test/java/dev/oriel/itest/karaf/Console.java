package dev.oriel.itest.karaf;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;

import dev.oriel.itest.watcher.WatcherMBean;
import java.io.IOException;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.management.InstanceNotFoundException;
import javax.management.JMX;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The management console of a Karaf: its bundles, features, threads and sockets. */
final class Console implements AutoCloseable {

    /** The bundles of the feature {@code oriel}. */
    static final Set<String> BUNDLES = Set.of(
            "dev.oriel.api",
            "dev.oriel.core",
            "dev.oriel.demo",
            "dev.oriel.discovery",
            "dev.oriel.egress.passthrough",
            "dev.oriel.ingest.rtsp",
            "dev.oriel.signaling");

    private static final int STARTED = 100;
    private static final Duration BEANS = Duration.ofSeconds(20);

    static final String WATCHER = "dev.oriel.itest.watcher";

    private static final String OURS = "dev.oriel.";

    private final JMXConnector connector;
    private final MBeanServerConnection server;

    private Console(JMXConnector connector) throws IOException {
        this.connector = connector;
        this.server = connector.getMBeanServerConnection();
    }

    /** Connects; a failure means that Karaf is not that far yet. */
    static Console connect(int port) throws IOException {
        JMXServiceURL url = new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/jmxrmi");
        return new Console(JMXConnectorFactory.connect(url));
    }

    /** Whether Karaf has started all it starts by itself. */
    boolean isUp() {
        try {
            return server.getAttribute(framework(), "FrameworkStartLevel").equals(STARTED);
        } catch (Exception e) {
            return false;
        }
    }

    /** State by symbolic name of our bundles. */
    Map<String, String> ours() {
        return new TreeMap<>(rows().filter(
                        bundle -> String.valueOf(bundle.get("Symbolic Name")).startsWith(OURS))
                .collect(toMap(
                        bundle -> String.valueOf(bundle.get("Symbolic Name")),
                        bundle -> String.valueOf(bundle.get("State")))));
    }

    /** Symbolic names of all bundles. */
    Set<String> bundles() {
        return rows().map(bundle -> String.valueOf(bundle.get("Symbolic Name"))).collect(toCollection(TreeSet::new));
    }

    void install(String url) {
        invoke("org.apache.karaf:type=bundle,name=root", "install", List.of(String.class, boolean.class), url, true);
    }

    void start(String symbolicName) {
        framework("startBundle", symbolicName);
    }

    void stop(String symbolicName) {
        framework("stopBundle", symbolicName);
    }

    /** Loads a bundle anew from where it came from. */
    void update(String symbolicName) {
        framework("updateBundle", symbolicName);
    }

    /** Asks the framework itself; the bundle commands of Karaf 4.4 do not work on Java 24 and later. */
    private void framework(String operation, String symbolicName) {
        long id = rows().filter(bundle -> symbolicName.equals(bundle.get("Symbolic Name")))
                .mapToLong(bundle -> ((Number) bundle.get("ID")).longValue())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no bundle " + symbolicName));
        try {
            invoke(framework().toString(), operation, List.of(long.class), id);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private ObjectName framework() throws IOException {
        return server.queryNames(name("osgi.core:type=framework,*"), null).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The framework is not under management"));
    }

    private Stream<CompositeData> rows() {
        TabularData bundles = (TabularData) attribute("org.apache.karaf:type=bundle,name=root", "Bundles");
        return ((Collection<?>) bundles.values()).stream().map(CompositeData.class::cast);
    }

    void addRepository(String url) {
        invoke("org.apache.karaf:type=feature,name=root", "addRepository", List.of(String.class), url);
    }

    void installFeature(String name) {
        invoke("org.apache.karaf:type=feature,name=root", "installFeature", List.of(String.class), name);
    }

    void uninstallFeature(String name) {
        invoke("org.apache.karaf:type=feature,name=root", "uninstallFeature", List.of(String.class), name);
    }

    /** The names of the KARs it has. */
    List<?> kars() {
        return (List<?>) attribute("org.apache.karaf:type=kar,name=root", "Kars");
    }

    /** The names of all its threads, sorted. */
    List<String> threads() {
        ThreadMXBean threads = JMX.newMXBeanProxy(server, name("java.lang:type=Threading"), ThreadMXBean.class);
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(Objects::nonNull)
                .map(thread -> thread.getThreadName())
                .sorted()
                .toList();
    }

    /** Those of them that Oriel and its libraries have made. */
    List<String> threadsOfOurs() {
        return threads().stream()
                .filter(name -> name.startsWith("oriel-")
                        || name.contains("EventLoop")
                        || name.contains("EventExecutor")
                        || name.contains("netty"))
                .toList();
    }

    /** Its process. */
    long processId() {
        return (Long) attribute("java.lang:type=Runtime", "Pid");
    }

    /** Whether all our bundles are there and run; bundles of tests are not counted. */
    boolean allActive() {
        Map<String, String> ours = ours();
        ours.remove(WATCHER);
        return ours.keySet().equals(BUNDLES) && ours.values().stream().allMatch("Active"::equalsIgnoreCase);
    }

    /** The watcher of the bundle {@code dev.oriel.itest.watcher}. */
    WatcherMBean watcher() {
        return JMX.newMBeanProxy(server, name(WatcherMBean.NAME), WatcherMBean.class);
    }

    private Object attribute(String objectName, String attribute) {
        return onceRegistered(objectName + " " + attribute, () -> server.getAttribute(name(objectName), attribute));
    }

    private void invoke(String objectName, String operation, List<Class<?>> types, Object... arguments) {
        String[] signature = types.stream().map(Class::getName).toArray(String[]::new);
        onceRegistered(objectName + " " + operation, () -> {
            Object answer = server.invoke(name(objectName), operation, arguments, signature);
            return answer == null ? "done" : answer;
        });
    }

    /** Karaf registers its beans anew when its management is configured, which it is once more after its start. */
    private static Object onceRegistered(String what, Callable<Object> call) {
        Object answer = Eventually.of(
                what,
                BEANS,
                () -> {
                    try {
                        return call.call();
                    } catch (InstanceNotFoundException e) {
                        throw e;
                    } catch (Exception e) {
                        return e;
                    }
                },
                any -> true);
        if (answer instanceof Exception failure) {
            throw new IllegalStateException(what + ": " + failure, failure);
        }
        return answer;
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException e) {
            // The Karaf behind it is gone, which is what comes next anyway.
        }
    }

    private static ObjectName name(String text) {
        try {
            return new ObjectName(text);
        } catch (Exception e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
