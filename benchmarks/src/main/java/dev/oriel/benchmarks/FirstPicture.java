package dev.oriel.benchmarks;

import dev.oriel.benchmarks.figures.Distribution;
import dev.oriel.benchmarks.load.Audience;
import dev.oriel.benchmarks.load.Joining;
import dev.oriel.benchmarks.machine.Machine;
import dev.oriel.benchmarks.server.RunningServer;
import dev.oriel.benchmarks.server.ServerMissing;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How long viewers wait for their first picture, one at a time.
 *
 * @param group seconds from keyframe to keyframe
 * @param cold milliseconds where nobody watched the camera yet
 * @param warm where somebody did
 */
record FirstPicture(String server, int group, Distribution cold, Distribution warm) {

    private static final int COLD_JOINS = 10;
    private static final int WARM_JOINS = 20;
    /** What a whole second is no multiple of, so that joins fall anywhere in a group. */
    private static final double JOINS_PER_SECOND = 3.3;

    private static final Duration PATIENCE = Duration.ofSeconds(25);

    /** All lengths of groups, on a server that has been asked for some pictures before: a cold camera, but no cold server. */
    static List<FirstPicture> measure(Bench bench, String name)
            throws ServerMissing, IOException, InterruptedException {
        List<FirstPicture> all = new ArrayList<>();
        try (RunningServer server = bench.start(name)) {
            try (Audience first = bench.audience()) {
                first.join(Bench.endpoints(server, 1, Bench.CAMERAS - 1, 1), 5, JOINS_PER_SECOND, PATIENCE);
            }
            for (int group : Bench.GROUPS) {
                try (Audience audience = bench.audience()) {
                    Joining cold = audience.join(
                            Bench.endpoints(server, group, 0, COLD_JOINS), COLD_JOINS, JOINS_PER_SECOND, PATIENCE);
                    // Some servers keep a camera's group only from its next keyframe on.
                    Machine.pause(1000L * group + 500);
                    Joining warm =
                            audience.join(Bench.endpoints(server, group, 0, 1), WARM_JOINS, JOINS_PER_SECOND, PATIENCE);
                    FirstPicture one = new FirstPicture(name, group, cold.pictured(), warm.pictured());
                    one.say(cold, warm);
                    all.add(one);
                }
            }
        }
        return all;
    }

    private void say(Joining coldly, Joining warmly) {
        Bench.say(
                "  %-12s group %2d s  cold p50 %.0f p95 %.0f ms  warm p50 %.0f p95 %.0f ms (answer %.1f, keys %.1f)  %s%s",
                server,
                group,
                cold.p50(),
                cold.p95(),
                warm.p50(),
                warm.p95(),
                warmly.answered().p50(),
                warmly.secured().p50(),
                coldly.failures(),
                warmly.failures());
    }
}
