package dev.oriel.benchmarks;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.oriel.benchmarks.machine.Core;
import dev.oriel.benchmarks.machine.Machine;
import dev.oriel.benchmarks.server.ServerMissing;
import dev.oriel.benchmarks.server.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command behind {@code benchmarks/run}, which gives this process its core and its network. */
public final class Main {

    private final Options options;
    private final Results results = new Results();
    private final List<String> found = new ArrayList<>();

    private Main(Options options) {
        this.options = options;
    }

    /** A part of the run that is done for each server that is there. */
    @FunctionalInterface
    private interface Suite {
        void run(String server) throws ServerMissing, IOException, InterruptedException;
    }

    /** @param arguments see {@link Options#USAGE} */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path project = Path.of(Machine.property("oriel.project").orElse(".")).toAbsolutePath();
        Core core = new Core(Integer.parseInt(Machine.property("oriel.core").orElse("0")));
        try {
            List<String> words = List.of(arguments);
            if (words.contains("--help") || words.contains("-h")) {
                Machine.out().print(Options.USAGE);
                return;
            }
            String java = Machine.property("java.specification.version").orElse("");
            new Main(Options.parse(words, project, core, java)).run();
        } catch (IllegalArgumentException e) {
            Bench.say("%s", String.valueOf(e.getMessage()));
            Machine.out().print(Options.USAGE);
        }
    }

    private void run() throws IOException, InterruptedException {
        Servers servers = Servers.ofMachine(options.project());
        Files.createDirectories(options.out());
        Machine.atExit(() -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroy));
        results.conditions.addAll(Conditions.of());
        results.conditions.forEach(line -> Bench.say("%s", line));
        try (Bench bench = new Bench(
                servers, options.core(), Bench.address(), options.out().resolve("servers"))) {
            for (String server : options.servers()) {
                try {
                    servers.find(server, List.of(new dev.oriel.benchmarks.server.Stream("none", "rtsp://127.0.0.1/")));
                    found.add(server);
                } catch (ServerMissing e) {
                    results.missing.add(server + " (" + e.getMessage() + ")");
                    Bench.say("Left out: %s. %s", server, String.valueOf(e.getMessage()));
                }
            }
            for (String suite : options.suites()) {
                Bench.say("%s", suite);
                suite(bench, suite);
                write();
            }
        }
        Machine.out().print("\n" + new Report(results, options.servers()).write());
        Bench.say("%nAll figures: %s", options.out());
    }

    private void suite(Bench bench, String suite) throws InterruptedException {
        switch (suite) {
            case "scale" -> {
                for (int round = 0; round < options.rounds(); round++) {
                    each(
                            found,
                            s -> results.scale.addAll(Scale.oneCamera(bench, s, options.viewers(), options.window())));
                }
            }
            case "cameras" -> {
                for (int round = 0; round < 2; round++) {
                    each(
                            main(),
                            s -> results.cameras.add(Scale.manyCameras(bench, s, options.cameras(), options.window())));
                }
            }
            case "capacity" -> each(main(), s -> results.capacity.add(Capacity.search(bench, s, options.most())));
            case "first-picture" -> each(main(), s -> results.firstPicture.addAll(FirstPicture.measure(bench, s)));
            case "heap" ->
                each(
                        main().stream().filter(s -> s.startsWith("oriel")).toList(),
                        s -> results.heap.add(LiveHeap.measure(bench, s, 200)));
            default -> throw new IllegalArgumentException(suite);
        }
    }

    /** What a single viewer costs is the same for all variants of Oriel: next to nothing. */
    private List<Integer> steps(String server) {
        List<Integer> more = options.viewers().stream().filter(n -> n > 1).toList();
        return server.contains("-") && !more.isEmpty() ? more : options.viewers();
    }

    /** Servers, not variants of one; the variants, if there is nothing else. */
    private List<String> main() {
        List<String> main = found.stream().filter(s -> !s.contains("-")).toList();
        return main.isEmpty() ? found : main;
    }

    private static void each(List<String> servers, Suite suite) throws InterruptedException {
        for (String server : servers) {
            try {
                suite.run(server);
            } catch (ServerMissing | IOException e) {
                Bench.say("  %s failed: %s", server, String.valueOf(e.getMessage()));
            }
        }
    }

    private void write() throws IOException {
        ObjectMapper mapper = new ObjectMapper()
                .setVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
                .enable(SerializationFeature.INDENT_OUTPUT);
        mapper.writeValue(options.out().resolve("results.json").toFile(), results);
        Files.writeString(options.out().resolve("results.md"), new Report(results, options.servers()).write());
    }
}
