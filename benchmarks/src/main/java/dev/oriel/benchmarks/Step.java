package dev.oriel.benchmarks;

import dev.oriel.benchmarks.figures.Distribution;
import dev.oriel.benchmarks.load.Audience;
import dev.oriel.benchmarks.load.Joining;
import dev.oriel.benchmarks.load.Window;
import dev.oriel.benchmarks.machine.Machine;
import dev.oriel.benchmarks.machine.ProcessUsage;
import dev.oriel.benchmarks.server.RunningServer;
import java.time.Duration;
import java.util.Map;

/**
 * One server with a number of viewers, measured once.
 *
 * @param wanted viewers that were to be there
 * @param playing of them, those that saw a picture
 * @param joinsPerSecond while they came
 * @param cpuPercent of the server's core that it used
 * @param microsPerPacket its CPU time for each packet that a viewer got
 * @param residentMegabytes of the server's process
 * @param packetLossPercent of packets that were sent to viewers
 * @param frameLossPercent of pictures that did not come whole
 * @param latency in milliseconds, from the camera to the viewer
 * @param packetsPerSecond that all viewers got
 * @param loadPercent of the other core that camera and viewers used
 * @param othersPercent of the server's core that something else used: a figure of a row with more than ten is worth little
 * @param failures why viewers did not join
 */
record Step(
        String server,
        int wanted,
        int playing,
        double joinsPerSecond,
        double cpuPercent,
        double microsPerPacket,
        double residentMegabytes,
        int threads,
        double packetLossPercent,
        double frameLossPercent,
        Distribution latency,
        double packetsPerSecond,
        double loadPercent,
        double othersPercent,
        Map<String, Integer> failures) {

    /** More than this of a core is all of it. */
    static final double FULL_PERCENT = 92;

    private static final double MOST_LOSS_PERCENT = 0.1;
    private static final double MOST_LATENCY_MILLIS = 500;

    Step {
        failures = Map.copyOf(failures);
    }

    /** Measures an audience that is there. */
    static Step measure(
            Bench bench, RunningServer server, Audience audience, int wanted, Joining joining, Duration window)
            throws InterruptedException {
        ProcessUsage self = ProcessUsage.of(ProcessHandle.current().pid());
        ProcessUsage before = server.usage();
        long busy = bench.core().busyMillis();
        long began = Machine.nanos();
        Window seen = audience.watch(window);
        double millis = (Machine.nanos() - began) / 1e6;
        ProcessUsage after = server.usage();
        double cpuMillis = after.cpuMillis() - before.cpuMillis();
        double others = bench.core().busyMillis() - busy - cpuMillis;
        double load = ProcessUsage.of(ProcessHandle.current().pid()).cpuMillis() - self.cpuMillis();
        return new Step(
                server.server().name(),
                wanted,
                audience.size(),
                joining.playing() / joining.seconds(),
                100 * cpuMillis / millis,
                1000 * cpuMillis / seen.counts().packets(),
                after.residentBytes() / 1e6,
                after.threads(),
                seen.packetLossPercent(),
                seen.frameLossPercent(),
                seen.latency(),
                seen.counts().packets() / seen.seconds(),
                100 * load / millis,
                100 * others / millis,
                joining.failures());
    }

    /** Whether all viewers are held. */
    boolean isHeld() {
        return playing >= wanted
                && packetLossPercent < MOST_LOSS_PERCENT
                && frameLossPercent < MOST_LOSS_PERCENT
                && latency.p99() < MOST_LATENCY_MILLIS;
    }

    void say() {
        Bench.say(
                "  %-12s %4d of %4d viewers  %5.1f %% cpu  %5.2f µs/packet  %4.0f MB  loss %.3f %% (pictures %.3f %%)"
                        + "  latency p50 %.1f p99 %.1f ms  load %.0f %%  others %.0f %%  %s",
                server,
                playing,
                wanted,
                cpuPercent,
                microsPerPacket,
                residentMegabytes,
                packetLossPercent,
                frameLossPercent,
                latency.p50(),
                latency.p99(),
                loadPercent,
                othersPercent,
                failures.isEmpty() ? "" : failures.toString());
    }
}
