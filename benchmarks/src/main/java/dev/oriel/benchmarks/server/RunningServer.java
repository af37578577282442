package dev.oriel.benchmarks.server;

import dev.oriel.benchmarks.machine.Core;
import dev.oriel.benchmarks.machine.Machine;
import dev.oriel.benchmarks.machine.ProcessUsage;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server that runs, on one core. Closing it ends it; its folder, with its log, stays. */
public final class RunningServer implements AutoCloseable {

    private static final long START_MILLIS = 60_000;
    private static final long STOP_SECONDS = 8;
    private static final int POLL_MILLIS = 50;

    private final Server server;
    private final Process process;
    private final Path log;

    private RunningServer(Server server, Process process, Path log) {
        this.server = server;
        this.process = process;
        this.log = log;
    }

    /**
     * Writes the configuration, starts the server and waits until it answers.
     *
     * @param work a folder for the server's own, which is made
     * @throws IOException if it ends, or does not answer in a minute
     */
    public static RunningServer start(Server server, Path work, Core core) throws IOException, InterruptedException {
        for (Map.Entry<String, String> file : server.files().entrySet()) {
            Path to = work.resolve(file.getKey());
            Files.createDirectories(to.getParent());
            Files.writeString(to, file.getValue());
        }
        List<String> command = new ArrayList<>(List.of("taskset", "-c", Integer.toString(core.number())));
        server.command().forEach(word -> command.add(word.replace("{work}", work.toString())));
        Path log = work.resolve("server.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        server.environment()
                .forEach((name, value) -> builder.environment().put(name, value.replace("{work}", work.toString())));
        RunningServer running = new RunningServer(server, builder.start(), log);
        try {
            running.awaitReady();
        } catch (IOException | InterruptedException e) {
            running.close();
            throw e;
        }
        return running;
    }

    /** What it was started as. */
    public Server server() {
        return server;
    }

    /** The process's number. */
    public long pid() {
        return process.pid();
    }

    /** What it has used, without processes it may have started. */
    public ProcessUsage usage() {
        return ProcessUsage.of(process.pid());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.descendants()
                        .sorted(Comparator.comparingLong(ProcessHandle::pid))
                        .forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor(STOP_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void awaitReady() throws IOException, InterruptedException {
        long until = Machine.nanos() + TimeUnit.MILLISECONDS.toNanos(START_MILLIS);
        while (!isReady()) {
            if (!process.isAlive()) {
                throw new IOException(server.name() + " has ended: " + tail());
            }
            if (Machine.nanos() - until > 0) {
                throw new IOException(server.name() + " does not answer at " + server.ready() + ": " + tail());
            }
            Machine.pause(POLL_MILLIS);
        }
    }

    private boolean isReady() {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) server.ready().toURL().openConnection();
            connection.setConnectTimeout(1000);
            connection.setReadTimeout(5000);
            try {
                return connection.getResponseCode() < 400;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }

    private String tail() throws IOException {
        List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                .lines()
                .toList();
        return String.join(" / ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
    }
}
