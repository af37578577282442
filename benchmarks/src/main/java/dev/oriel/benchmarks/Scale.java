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

/** Measurements of one server with a row of numbers of viewers. */
final class Scale {

    private static final double JOINS_PER_SECOND = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final long SETTLE_MILLIS = 3000;

    /** Servers run for days; what a compiler does in the first seconds is not what is asked for. */
    private static final int WARM_VIEWERS = 50;

    private static final long WARM_MILLIS = 6000;
    private static final long WARM_CAMERAS_MILLIS = 12_000;

    private Scale() {}

    /** Viewers of one camera, with a keyframe each second. Stops at a step that is too much. */
    static List<Step> oneCamera(Bench bench, String name, List<Integer> viewers, Duration window)
            throws ServerMissing, IOException, InterruptedException {
        List<Step> steps = new ArrayList<>();
        try (RunningServer server = bench.start(name);
                Audience audience = bench.audience()) {
            List<URI> endpoint = Bench.endpoints(server, 1, 0, 1);
            int most = viewers.stream().mapToInt(Integer::intValue).max().orElse(0);
            audience.join(endpoint, Math.min(most, WARM_VIEWERS), JOINS_PER_SECOND, PATIENCE);
            Machine.pause(most < WARM_VIEWERS ? 0 : WARM_MILLIS);
            for (int count : viewers) {
                audience.leave(audience.size());
                Step step = step(bench, server, audience, endpoint, count, window, SETTLE_MILLIS);
                steps.add(step);
                if (step.playing() < step.wanted() * 9 / 10) {
                    break;
                }
            }
        }
        return steps;
    }

    /** Many cameras with one viewer each. */
    static Step manyCameras(Bench bench, String name, int cameras, Duration window)
            throws ServerMissing, IOException, InterruptedException {
        int count = Math.min(cameras, Bench.CAMERAS);
        try (RunningServer server = bench.start(name);
                Audience audience = bench.audience()) {
            List<URI> endpoints = Bench.endpoints(server, 1, 0, count);
            return step(bench, server, audience, endpoints, count, window, WARM_CAMERAS_MILLIS);
        }
    }

    private static Step step(
            Bench bench,
            RunningServer server,
            Audience audience,
            List<URI> endpoints,
            int count,
            Duration window,
            long settleMillis)
            throws InterruptedException {
        Joining joining = audience.join(endpoints, count, JOINS_PER_SECOND, PATIENCE);
        Machine.pause(settleMillis);
        Step step = Step.measure(bench, server, audience, count, joining, window);
        step.say();
        return step;
    }
}
