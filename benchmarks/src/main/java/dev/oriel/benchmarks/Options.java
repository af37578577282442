package dev.oriel.benchmarks;

import dev.oriel.benchmarks.machine.Core;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * What a command line asks for.
 *
 * @param servers to compare; all ratios are to the first one
 * @param suites to run, in this order
 * @param viewers how many there are at the steps of the scale
 * @param rounds how often each server is measured, in turn with the others
 * @param window how long a measurement is
 * @param cameras how many there are with one viewer each
 * @param most viewers that a search for the capacity goes up to
 * @param out where the results go
 * @param project the folder with Oriel's {@code run}
 * @param core the one that servers run on
 */
record Options(
        List<String> servers,
        List<String> suites,
        List<Integer> viewers,
        int rounds,
        Duration window,
        int cameras,
        int most,
        Path out,
        Path project,
        Core core) {

    static final List<String> ALL_SUITES = List.of("scale", "capacity", "first-picture", "cameras", "heap");

    static final String USAGE = """
            Usage: benchmarks/run [OPTION...]
                   benchmarks/run jmh [OPTION OF JMH...]

            Runs servers with the same camera and the same viewers, and compares them.

              --servers LIST  of oriel, oriel-nio, oriel-jdk17, oriel-jdk25, oriel-jfr, mediamtx, go2rtc; mediamtx and
                              go2rtc are looked for on the PATH (default: oriel, mediamtx, go2rtc, oriel-nio, and
                              oriel on the other Java)
              --suites LIST   of scale, capacity, first-picture, cameras, heap (default: all)
              --viewers LIST  at the steps of the scale (default 1,100,200)
              --rounds N      how often the scale is measured for each server, in turn (default 3)
              --window N      seconds of a measurement (default 6)
              --cameras N     cameras with one viewer each (default 50)
              --most N        viewers that the search for the capacity goes up to (default 2000)
              --out DIR       results.md, results.json, and a folder for each start of a server
                              (default benchmarks/target/results)
            """;

    Options {
        servers = List.copyOf(servers);
        suites = List.copyOf(suites);
        viewers = List.copyOf(viewers);
    }

    /** @throws IllegalArgumentException with a sentence about what cannot be followed */
    static Options parse(List<String> words, Path project, Core core, String javaVersion) {
        String other = javaVersion.equals("17") ? "oriel-jdk25" : "oriel-jdk17";
        List<String> servers = List.of("oriel", "mediamtx", "go2rtc", "oriel-nio", other);
        List<String> suites = ALL_SUITES;
        List<Integer> viewers = List.of(1, 100, 200);
        int rounds = 3;
        int window = 6;
        int cameras = 50;
        int most = 2000;
        Path out = project.resolve("benchmarks/target/results");
        Deque<String> rest = new ArrayDeque<>(words);
        while (!rest.isEmpty()) {
            String option = rest.removeFirst();
            if (rest.isEmpty()) {
                throw new IllegalArgumentException("There is no option " + option + " without a value.");
            }
            String value = rest.removeFirst();
            switch (option) {
                case "--servers" -> servers = list(value);
                case "--suites" -> suites = list(value);
                case "--viewers" ->
                    viewers = list(value).stream().map(v -> number(option, v)).toList();
                case "--rounds" -> rounds = number(option, value);
                case "--window" -> window = number(option, value);
                case "--cameras" -> cameras = number(option, value);
                case "--most" -> most = number(option, value);
                case "--out" -> out = Path.of(value).toAbsolutePath();
                default -> throw new IllegalArgumentException("There is no option " + option + ".");
            }
        }
        if (!ALL_SUITES.containsAll(suites)) {
            throw new IllegalArgumentException("The suites are " + String.join(", ", ALL_SUITES) + ".");
        }
        return new Options(
                servers, suites, viewers, rounds, Duration.ofSeconds(window), cameras, most, out, project, core);
    }

    private static List<String> list(String value) {
        return Arrays.stream(value.split(",")).map(String::strip).toList();
    }

    private static int number(String option, String value) {
        if (!value.matches("[1-9]\\d{0,5}")) {
            throw new IllegalArgumentException("The option " + option + " takes a number, not " + value + ".");
        }
        return Integer.parseInt(value);
    }
}
