package dev.oriel.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.benchmarks.machine.Core;
import dev.oriel.benchmarks.server.Servers;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of it against Oriel as it was built, for as long as it takes to see that there are figures; never how good they are. */
class SmokeTest {

    private static final Path BUILT = Path.of("../runtime/launcher/target/oriel/oriel.jar");

    @TempDir
    Path folder;

    @Test
    void oneCamera_threeViewers_getEverything() throws Exception {
        Path run = folder.resolve("run");
        Files.writeString(
                run,
                "#!/bin/sh\nexec '" + System.getProperty("java.home") + "/bin/java' -jar '"
                        + BUILT.toAbsolutePath().normalize() + "' \"$@\"\n");
        assertTrue(run.toFile().setExecutable(true));

        try (Bench bench = new Bench(
                new Servers(folder, List.of(), folder),
                new Core(0),
                InetAddress.getByName("127.0.0.1"),
                folder.resolve("work"))) {
            List<Step> steps = Scale.oneCamera(bench, "oriel", List.of(3), Duration.ofSeconds(2));

            assertEquals(1, steps.size());
            Step step = steps.get(0);
            assertEquals(3, step.playing(), step.toString());
            assertTrue(step.packetsPerSecond() > 3 * 200, step.toString());
            assertEquals(0, step.packetLossPercent(), step.toString());
            assertTrue(step.latency().count() > 3 * 25, step.toString());
            assertTrue(
                    step.cpuPercent() > 0 && step.microsPerPacket() > 0 && step.residentMegabytes() > 1,
                    step.toString());
        }
    }
}
