package dev.oriel.itest.standalone;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The packaged distribution, running in a process of its own, page and media on free ports.
 *
 * <p>The process ends with {@link #close}, with a start that fails, and with the test's process, however that ends.
 * What it leaves in the folder for temporary files lies below {@code target/standalone}. All methods may be called by
 * any thread.
 */
public final class StandaloneOriel implements AutoCloseable {

    private static final Path DISTRIBUTION = Path.of(System.getProperty("oriel.distribution"));
    private static final Path PARTS = Path.of(System.getProperty("oriel.parts"));
    private static final Path TEMPORARY = PARTS.resolveSibling("standalone");
    private static final Pattern ADDRESS = Pattern.compile("Oriel is at (http://\\S+)");

    private static final Duration STARTED = Duration.ofSeconds(60);
    private static final Duration STOPPED = Duration.ofSeconds(10);
    private static final int MAX_LINES = 10_000;

    private final Process process;
    private final Deque<String> lines = new ArrayDeque<>();
    private final CompletableFuture<URI> address = new CompletableFuture<>();
    private final Thread reader;
    private URI base = URI.create("http://localhost/");

    private StandaloneOriel(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "oriel-itest-output");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts it and waits until its page answers.
     *
     * @param words as on the command line of {@code run}, such as {@code garden=rtsp://127.0.0.1:8554/garden} or
     *     {@code --no-demo}
     * @throws IllegalStateException if it does not come up, with what it said; its process has ended then
     */
    public static StandaloneOriel start(String... words) throws IOException, InterruptedException {
        return startWithin(List.of(), words);
    }

    /**
     * The same in a network of its own.
     *
     * @param within the words before its command line that put it there; its page is not reached from here then
     */
    public static StandaloneOriel startWithin(List<String> within, String... words)
            throws IOException, InterruptedException {
        if (!Files.isRegularFile(DISTRIBUTION.resolve("oriel.jar"))) {
            throw new IllegalStateException("There is no distribution in " + DISTRIBUTION.normalize()
                    + "; package the module runtime/launcher first.");
        }
        List<String> command = new ArrayList<>(within);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-javaagent:" + PARTS.resolve("dev.oriel.itest.watcher.jar") + "="
                        + ProcessHandle.current().pid(),
                "-Djava.io.tmpdir=" + Files.createDirectories(TEMPORARY)));
        if (Runtime.version().feature() >= 24) {
            // As ./run does: the framework asks sun.misc.Unsafe for something.
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(List.of(
                "-jar", DISTRIBUTION.resolve("oriel.jar").normalize().toString(), "--port", "0", "--media-port", "0"));
        command.addAll(List.of(words));
        StandaloneOriel oriel = new StandaloneOriel(
                new ProcessBuilder(command).redirectErrorStream(true).start());
        try {
            oriel.base = oriel.address.get(STARTED.toSeconds(), TimeUnit.SECONDS);
            return oriel;
        } catch (ExecutionException | TimeoutException e) {
            oriel.close();
            throw new IllegalStateException("Oriel did not start. It said:\n" + oriel.output(), e);
        } catch (InterruptedException e) {
            oriel.process.destroyForcibly();
            throw e;
        }
    }

    /** The address of its page, which ends in a slash. */
    public URI base() {
        return base;
    }

    /** What it has said so far, on standard output and standard error; of very much, the end. */
    public String output() {
        synchronized (lines) {
            return String.join("\n", lines);
        }
    }

    /** Its process id, for who measures it. */
    public long pid() {
        return process.pid();
    }

    /**
     * Ends it as a user does, by SIGTERM, and waits for it; by force if it does not go.
     *
     * @return its exit code
     */
    public int stop() throws InterruptedException {
        try {
            // Process.destroy would close our end of its output as well.
            process.toHandle().destroy();
            process.waitFor(STOPPED.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            process.destroyForcibly();
        }
        int code = process.waitFor();
        reader.join(STOPPED.toMillis());
        return code;
    }

    /** Ends it as {@link #stop} does, whether or not it has ended already. */
    @Override
    public void close() {
        try {
            stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (BufferedReader out = process.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                keep(line);
                Matcher matcher = ADDRESS.matcher(line);
                if (matcher.matches()) {
                    address.complete(URI.create(matcher.group(1)));
                }
            }
            address.completeExceptionally(new IOException("Its output has ended."));
        } catch (IOException e) {
            address.completeExceptionally(e);
        }
    }

    private void keep(String line) {
        synchronized (lines) {
            lines.addLast(line);
            if (lines.size() > MAX_LINES) {
                lines.removeFirst();
            }
        }
    }
}
