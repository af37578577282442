package dev.oriel.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged distribution, run as users run it: as a process. */
@Timeout(90)
class DistributionIT {

    private static final Path DISTRIBUTION = Path.of("target", "oriel").toAbsolutePath();

    @TempDir
    Path temp;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endWhatStillRuns() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void distribution_folder_holdsTheListedBundles() throws IOException {
        Set<String> listed = BundleList.read().stream()
                .map(entry -> entry.name() + ".jar")
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> present;
        try (Stream<Path> files = Files.list(DISTRIBUTION.resolve("bundles"))) {
            present = files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }

        assertEquals(listed, present);
    }

    @Test
    void run_freePort_showsThePageAndEndsWithoutATrace() throws Exception {
        Process process = start("--port", "0", "--media-port", "0", "garden=rtsp://me:secret@127.0.0.1:9/1");
        String line;
        try (BufferedReader out = process.inputReader()) {
            line = out.readLine();
            assertTrue(line != null && line.matches("Oriel is at http://localhost:\\d+/"), line + "\n" + errors());
            HttpResponse<String> page = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(line.substring(line.indexOf("http"))))
                                    .timeout(Duration.ofSeconds(10))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertEquals(200, page.statusCode());

            long asked = System.nanoTime();
            interrupt(process);
            assertTrue(process.waitFor(10, TimeUnit.SECONDS));
            assertTrue(System.nanoTime() - asked < Duration.ofSeconds(3).toNanos());
            assertEquals(0, process.exitValue());
            assertEquals(null, out.readLine());
        }
        assertFalse(errors().contains("secret"), errors());
        assertFalse(errors().contains("ERROR"), errors());
        assertFalse(errors().contains("WARN"), errors());
        assertEquals(List.of("err.txt"), leftBehind());
    }

    @Test
    void run_configurationFolder_keepsItsCacheThereAndCleansIt() throws Exception {
        Path configuration = Files.createDirectory(temp.resolve("my config"));
        Files.writeString(configuration.resolve("dev.oriel.demo.cfg"), "enabled=false\n");
        Process process = start("--port=0", "--config", configuration.toString());
        try (BufferedReader out = process.inputReader()) {
            String line = out.readLine();
            assertTrue(line != null && line.startsWith("Oriel is at "), line + "\n" + errors());
        }
        assertTrue(Files.isDirectory(configuration.resolve("cache")));

        interrupt(process);

        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        assertFalse(Files.exists(configuration.resolve("cache")));
        assertFalse(errors().contains("The demo camera is at"), errors());
    }

    @Test
    void run_portTaken_saysSoAndExitsWithOne() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            Process process = start("--port", Integer.toString(taken.getLocalPort()));

            assertTrue(process.waitFor(20, TimeUnit.SECONDS));

            assertEquals(1, process.exitValue());
            assertEquals(
                    "Port " + taken.getLocalPort()
                            + " is taken by another program; --port N chooses another, 0 any free one.\n",
                    errors());
            assertEquals(List.of("err.txt"), leftBehind());
        }
    }

    @Test
    void run_bundleMissing_saysSoAndExitsWithOneAndLeavesNothing() throws Exception {
        Path broken = Files.createDirectories(temp.resolve("broken"));
        Files.copy(DISTRIBUTION.resolve("oriel.jar"), broken.resolve("oriel.jar"));
        Files.createSymbolicLink(broken.resolve("lib"), DISTRIBUTION.resolve("lib"));
        Files.createDirectory(broken.resolve("bundles"));
        Files.copy(
                DISTRIBUTION.resolve("bundles").resolve("dev.oriel.api.jar"),
                broken.resolve("bundles").resolve("dev.oriel.api.jar"));

        Process process = startFrom(broken, "--port", "0");

        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        assertEquals(1, process.exitValue());
        assertTrue(errors().startsWith("Oriel cannot start. The bundle "), errors());
        assertEquals(List.of("broken", "err.txt"), leftBehind());
    }

    @Test
    void run_wrongOption_saysSoAndExitsWithTwo() throws Exception {
        Process process = start("--prot", "1");

        assertTrue(process.waitFor(20, TimeUnit.SECONDS));

        assertEquals(2, process.exitValue());
        assertEquals("There is no option --prot; --help lists them.\n", errors());
    }

    private Process start(String... words) throws IOException {
        return startFrom(DISTRIBUTION, words);
    }

    private Process startFrom(Path distribution, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temp,
                "-jar",
                distribution.resolve("oriel.jar").toString()));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .redirectError(temp.resolve("err.txt").toFile())
                .start();
        started.add(process);
        return process;
    }

    /** SIGTERM; {@link Process#destroy} would close our end of its output as well. */
    private static void interrupt(Process process) {
        assertTrue(process.toHandle().destroy());
    }

    private String errors() throws IOException {
        return Files.readString(temp.resolve("err.txt"));
    }

    private List<String> leftBehind() throws IOException {
        try (Stream<Path> files = Files.list(temp)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("hsperfdata"))
                    .sorted()
                    .toList();
        }
    }
}
