package dev.oriel.itest.karaf;

import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.CoreOptions.vmOption;
import static org.ops4j.pax.exam.OptionUtils.combine;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.doNotModifyLogConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.keepRuntimeFolder;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.overrideJUnitBundles;

import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.TestContainer;
import org.ops4j.pax.exam.spi.PaxExamRuntime;

/**
 * An Apache Karaf as it is distributed, in a process and a folder of its own, for the tests of one class.
 *
 * <p>It finds no Maven repository but those it is given, all of them folders, so it can download nothing. Only
 * its ports are set. It ends with the test's process, however that ends.
 */
final class Karaf implements BeforeAllCallback, AfterAllCallback {

    static final Path PARTS = Path.of(System.getProperty("oriel.parts"));
    static final Path REPOSITORY = Path.of(System.getProperty("oriel.repository"));
    static final String FEATURES =
            "mvn:dev.oriel/dev.oriel.features/" + System.getProperty("oriel.version") + "/xml/features";

    /** What Pax Exam itself puts into a Karaf, and nothing else. */
    private static final Path PAX_EXAM = PARTS.resolveSibling("pax-exam");

    private static final int PORT_ATTEMPTS = 100;
    private static final int LOWEST_PORT = 16_384;
    private static final int LOWEST_PORT_OF_THE_SYSTEM = 32_768;
    private static final Duration STARTED = Duration.ofSeconds(90);
    private static final String KARAF_VERSION = System.getProperty("karaf.version");

    private final int httpPort = freePort();
    private final int managementPort = freePort();
    private final String repositories;
    private final String framework;
    private Path work = PARTS.resolveSibling("karaf");
    private Path home = work;
    private TestContainer container;
    private Console console;

    private Karaf(String repositories, String framework) {
        this.repositories = repositories;
        this.framework = framework;
    }

    /** A Karaf that can download nothing. */
    static Karaf withoutRepositories() {
        return new Karaf(repository("pax-exam", PAX_EXAM), "felix");
    }

    /** A Karaf whose one Maven repository is a folder. */
    static Karaf withRepository(Path folder) {
        return new Karaf(repository("pax-exam", PAX_EXAM) + "," + repository("build", folder), "felix");
    }

    /** The same on Eclipse Equinox, which is stricter in places, and which openHAB runs on. */
    Karaf onEquinox() {
        return new Karaf(repositories, "equinox");
    }

    private static String repository(String id, Path folder) {
        return folder.toAbsolutePath().normalize().toUri() + "@id=" + id + "@snapshots@checksum=ignore";
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        work = work.resolve(context.getRequiredTestClass().getSimpleName());
        deleteWhatTheLastRunLeft();
        Files.createDirectories(work);
        container = PaxExamRuntime.createContainer(PaxExamRuntime.createServerSystem(configuration()));
        container.start();
        try (Stream<Path> folders = Files.list(work)) {
            home = folders.findFirst().orElseThrow(() -> new IllegalStateException("There is no Karaf below " + work));
        }
        console = Eventually.of(
                "management console of Karaf", STARTED, () -> Console.connect(managementPort), Console::isUp);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (console != null) {
            console.close();
        }
        container.stop();
    }

    /** Its management console. */
    Console console() {
        return console;
    }

    /** An address on its web server. */
    URI http(String path) {
        return URI.create("http://127.0.0.1:" + httpPort + path);
    }

    /** What its web server says to a GET. */
    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(http(path)));
    }

    /** What its web server says to a POST. */
    HttpResponse<String> post(String path, String contentType, String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(http(path))
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Writes a file into its folder {@code etc}. */
    void configure(String name, String content) throws IOException {
        Path part = Files.writeString(home.resolve(name), content);
        Files.move(part, home.resolve("etc").resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Deletes a file from its folder {@code etc}. */
    void unconfigure(String name) throws IOException {
        Files.delete(home.resolve("etc").resolve(name));
    }

    /** Its log so far. */
    String log() throws IOException {
        return Files.readString(home.resolve("data/log/karaf.log"));
    }

    /** What is in its folder for temporary files. */
    Set<Path> temporaryFiles() throws IOException {
        try (Stream<Path> files = Files.walk(home.resolve("data/tmp"))) {
            return files.collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** Puts a file into the folder whose files it installs. The move makes sure that no half file is seen. */
    void deploy(Path file, String name) throws IOException {
        Path part = Files.copy(file, home.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        Files.move(part, home.resolve("deploy").resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Takes a file away again. */
    void undeploy(String name) throws IOException {
        Files.delete(home.resolve("deploy").resolve(name));
    }

    private Option[] configuration() {
        String maven = "etc/org.ops4j.pax.url.mvn.cfg";
        Option[] options = options(
                karafDistributionConfiguration()
                        .frameworkUrl(
                                PARTS.resolve("apache-karaf.tar.gz").toUri().toString())
                        .karafVersion(KARAF_VERSION)
                        .unpackDirectory(work.toFile())
                        .useDeployFolder(false),
                overrideJUnitBundles(),
                keepRuntimeFolder(),
                doNotModifyLogConfiguration(),
                configureConsole().ignoreLocalConsole().ignoreRemoteShell(),
                editConfigurationFilePut(maven, "org.ops4j.pax.url.mvn.localRepository", "${karaf.data}/maven"),
                editConfigurationFilePut(maven, "org.ops4j.pax.url.mvn.repositories", repositories),
                editConfigurationFilePut("etc/config.properties", "karaf.framework", framework),
                editConfigurationFilePut(
                        "etc/org.ops4j.pax.web.cfg", "org.osgi.service.http.port", String.valueOf(httpPort)));
        if (Runtime.version().feature() >= 24) {
            // EventAdmin asks for the caller's subject, which these JDKs refuse.
            options = combine(
                    options,
                    editConfigurationFilePut(
                            "etc/org.apache.felix.eventadmin.impl.EventAdmin.cfg",
                            "org.apache.felix.eventadmin.AddSubject",
                            "false"));
        }
        return combine(combine(options, managementOptions()), machineOptions());
    }

    /** Management by way of the Java machine's own agent: Karaf's own refuses to work on Java 24 and later. */
    private Option[] managementOptions() {
        String agent = "-Dcom.sun.management.jmxremote.";
        return new Option[] {
            vmOption(agent + "host=127.0.0.1"),
            vmOption(agent + "port=" + managementPort),
            vmOption(agent + "authenticate=false"),
            vmOption(agent + "ssl=false")
        };
    }

    /** What {@code bin/karaf} gives the Java machine, and the agent that ends it. */
    private static Option[] machineOptions() {
        String endorsed = "lib/endorsed/org.apache.karaf.specs.";
        return Stream.of(
                        "-Xmx512m",
                        "-javaagent:" + PARTS.resolve("dev.oriel.itest.watcher.jar") + "="
                                + ProcessHandle.current().pid(),
                        "--add-reads=java.xml=java.logging",
                        "--add-exports=java.base/org.apache.karaf.specs.locator=java.xml,ALL-UNNAMED",
                        "--patch-module=java.base=" + endorsed + "locator-" + KARAF_VERSION + ".jar",
                        "--patch-module=java.xml=" + endorsed + "java.xml-" + KARAF_VERSION + ".jar",
                        "--add-opens=java.base/java.security=ALL-UNNAMED",
                        "--add-opens=java.base/java.net=ALL-UNNAMED",
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "--add-opens=java.base/java.util=ALL-UNNAMED",
                        "--add-opens=java.naming/javax.naming.spi=ALL-UNNAMED",
                        "--add-opens=java.rmi/sun.rmi.transport.tcp=ALL-UNNAMED",
                        "--add-exports=java.base/sun.net.www.protocol.file=ALL-UNNAMED",
                        "--add-exports=java.base/sun.net.www.protocol.ftp=ALL-UNNAMED",
                        "--add-exports=java.base/sun.net.www.protocol.http=ALL-UNNAMED",
                        "--add-exports=java.base/sun.net.www.protocol.https=ALL-UNNAMED",
                        "--add-exports=java.base/sun.net.www.protocol.jar=ALL-UNNAMED",
                        "--add-exports=jdk.xml.dom/org.w3c.dom.html=ALL-UNNAMED")
                .map(option -> vmOption(option))
                .toArray(Option[]::new);
    }

    /** What this run leaves stays, for whoever wants to know why it failed. */
    private void deleteWhatTheLastRunLeft() throws IOException {
        if (!Files.isDirectory(work)) {
            return;
        }
        try (Stream<Path> files = Files.walk(work)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /**
     * A free port that stays free for as long as Karaf takes to start: one of those below the range from which systems take the ports
     * of whoever asks for any, since one of that range may be somebody else's by then.
     */
    private static int freePort() {
        for (int attempt = 0; attempt < PORT_ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, LOWEST_PORT_OF_THE_SYSTEM);
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (BindException e) {
                // Taken: another one.
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new IllegalStateException("There is no free port");
    }
}
