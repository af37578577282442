package dev.oriel.benchmarks;

import dev.oriel.benchmarks.load.Audience;
import dev.oriel.benchmarks.load.Joining;
import dev.oriel.benchmarks.machine.Machine;
import dev.oriel.benchmarks.server.RunningServer;
import dev.oriel.benchmarks.server.ServerMissing;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is alive in Oriel's heap after a collection, without viewers and with them.
 *
 * @param viewers how many there were
 * @param idleKilobytes alive when a viewer had been there and had left; the camera's pictures among it
 * @param watchedKilobytes alive with the viewers
 */
record LiveHeap(String server, int viewers, double idleKilobytes, double watchedKilobytes) {

    private static final Pattern USED = Pattern.compile("(?m)^\\s*(?!.*(?:Metaspace|class space)).*\\bused (\\d+)K");
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final long SETTLE_MILLIS = 4000;
    private static final double JOINS_PER_SECOND = 100;

    static LiveHeap measure(Bench bench, String name, int viewers)
            throws ServerMissing, IOException, InterruptedException {
        try (RunningServer server = bench.start(name);
                Audience watchers = bench.audience();
                Audience holder = bench.audience()) {
            List<URI> endpoint = Bench.endpoints(server, 1, 0, 1);
            // One viewer holds the camera in both measurements.
            holder.join(endpoint, 1, JOINS_PER_SECOND, PATIENCE);
            watchers.join(endpoint, 20, JOINS_PER_SECOND, PATIENCE);
            watchers.leave(watchers.size());
            Machine.pause(SETTLE_MILLIS);
            double idle = aliveKilobytes(server.pid());
            Joining joining = watchers.join(endpoint, viewers, JOINS_PER_SECOND, PATIENCE);
            Machine.pause(SETTLE_MILLIS);
            LiveHeap heap = new LiveHeap(name, joining.playing(), idle, aliveKilobytes(server.pid()));
            Bench.say(
                    "  %-12s %.0f KiB alive, with %d viewers %.0f: %.1f KiB each",
                    name, idle, heap.viewers(), heap.watchedKilobytes(), heap.perViewer());
            return heap;
        }
    }

    double perViewer() {
        return (watchedKilobytes - idleKilobytes) / viewers;
    }

    private static double aliveKilobytes(long pid) throws IOException, InterruptedException {
        jcmd(pid, "GC.run");
        jcmd(pid, "GC.run");
        return used(jcmd(pid, "GC.heap_info"));
    }

    /** The sum over the heap's parts, as any of the collectors tells them. */
    static double used(String heapInfo) {
        Matcher used = USED.matcher(heapInfo);
        double sum = 0;
        while (used.find()) {
            sum += Double.parseDouble(used.group(1));
        }
        return sum;
    }

    private static String jcmd(long pid, String command) throws IOException, InterruptedException {
        String jcmd = Machine.property("java.home")
                .map(home -> Path.of(home, "bin", "jcmd").toString())
                .orElse("jcmd");
        Process process = new ProcessBuilder(jcmd, Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("jcmd " + command + " failed: " + said);
        }
        return said;
    }
}
