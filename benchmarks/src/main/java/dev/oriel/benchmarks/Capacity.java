package dev.oriel.benchmarks;

import dev.oriel.benchmarks.load.Audience;
import dev.oriel.benchmarks.load.Joining;
import dev.oriel.benchmarks.machine.Machine;
import dev.oriel.benchmarks.server.RunningServer;
import dev.oriel.benchmarks.server.ServerMissing;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The most viewers of one camera that a server on one core holds.
 *
 * @param held the most that all were held
 * @param failedAt the fewest that were not; 0 if the search ended before
 * @param limit what stood in the way
 * @param steps of the search
 */
record Capacity(String server, int held, int failedAt, String limit, List<Step> steps) {

    private static final int FIRST = 100;
    private static final double GROWTH = 1.25;
    private static final int BISECTIONS = 3;
    private static final int GRAIN = 10;
    private static final int ATTEMPTS = 3;
    private static final double MOST_OTHERS_PERCENT = 10;
    private static final double JOINS_PER_SECOND = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration WINDOW = Duration.ofSeconds(5);
    private static final long SETTLE_MILLIS = 2000;

    Capacity {
        steps = List.copyOf(steps);
    }

    /** More and more viewers until it is too much; then between what was good and what was not, each time with a new server. */
    static Capacity search(Bench bench, String name, int most) throws ServerMissing, IOException, InterruptedException {
        List<Step> steps = new ArrayList<>();
        int held = 0;
        int failedAt = 0;
        try (RunningServer server = bench.start(name);
                Audience audience = bench.audience()) {
            for (int count = Math.min(FIRST, most); failedAt == 0; count = grown(count, most)) {
                Step step = grow(bench, server, audience, count);
                steps.add(step);
                if (!step.isHeld()) {
                    failedAt = count;
                } else {
                    held = count;
                    if (count == most) {
                        break;
                    }
                }
            }
        }
        for (int i = 0; i < BISECTIONS && failedAt - held > 2 * GRAIN; i++) {
            int count = (held + failedAt) / 2 / GRAIN * GRAIN;
            try (RunningServer server = bench.start(name);
                    Audience audience = bench.audience()) {
                Step step = grow(bench, server, audience, count);
                steps.add(step);
                if (step.isHeld()) {
                    held = count;
                } else {
                    failedAt = count;
                }
            }
        }
        return new Capacity(name, held, failedAt, limit(failedAt, steps), steps);
    }

    /** A failure counts when the core was the server's own. */
    private static Step grow(Bench bench, RunningServer server, Audience audience, int count)
            throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            List<URI> endpoint = Bench.endpoints(server, 1, 0, 1);
            Joining joining = audience.join(endpoint, Math.max(0, count - audience.size()), JOINS_PER_SECOND, PATIENCE);
            Machine.pause(SETTLE_MILLIS);
            Step step = Step.measure(bench, server, audience, count, joining, WINDOW);
            step.say();
            if (step.isHeld() || step.othersPercent() < MOST_OTHERS_PERCENT || attempt == ATTEMPTS) {
                return step;
            }
        }
    }

    private static int grown(int count, int most) {
        return Math.min(most, (int) (count * GROWTH) / GRAIN * GRAIN);
    }

    /** What was at its end when it failed last. */
    static String limit(int failedAt, List<Step> steps) {
        if (failedAt == 0) {
            return "none found";
        }
        Step failed = steps.stream()
                .filter(s -> s.wanted() == failedAt)
                .reduce((first, second) -> second)
                .orElseThrow();
        if (failed.failures().keySet().stream().anyMatch(f -> f.contains("503"))) {
            return "it refuses more (503)";
        }
        if (failed.loadPercent() >= Step.FULL_PERCENT) {
            return "the load generator";
        }
        if (failed.cpuPercent() >= Step.FULL_PERCENT) {
            return "its core";
        }
        return failed.playing() < failed.wanted() ? "viewers cannot join" : "loss or latency";
    }
}
