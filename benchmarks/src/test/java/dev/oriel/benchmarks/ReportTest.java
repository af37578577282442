package dev.oriel.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.benchmarks.figures.Distribution;
import dev.oriel.benchmarks.machine.Core;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static Step step(String server, int viewers, double micros, double megabytes, double cpu, double load) {
        Distribution latency = Distribution.ofMillis(1, 2, 3);
        return new Step(
                server, viewers, viewers, 50, cpu, micros, megabytes, 20, 0, 0, latency, 1000, load, 0, Map.of());
    }

    @Test
    void write_rounds_areTheirMedianAndRatio() {
        Results results = new Results();
        results.missing.add("go2rtc (There is no go2rtc on the PATH)");
        for (double noise : new double[] {0, 1, 40}) {
            results.scale.add(step("oriel", 1, 50, 100, 5, 5));
            results.scale.add(step("oriel", 101, 2 + noise, 150, 5, 5));
            results.scale.add(step("mediamtx", 101, 9 + noise, 550, 5, 5));
        }

        String report = new Report(results, List.of("oriel", "mediamtx", "go2rtc")).write();

        assertTrue(report.contains("- left out: go2rtc"), report);
        List<String> rows = report.lines().filter(l -> l.startsWith("| 101")).toList();
        assertEquals(2, rows.size());
        assertTrue(
                rows.get(0).matches("\\| 101 +\\| oriel +\\| 3.00 +\\| 1.00 .*\\| 150 +\\| 0.50 .*\\| 3 +\\|"),
                rows.get(0));
        assertTrue(rows.get(1).contains("| 10.00     | 3.33 "), rows.get(1));
    }

    @Test
    void limit_ofAFailedStep_isWhatWasAtItsEnd() {
        assertEquals("its core", Capacity.limit(200, List.of(step("a", 200, 1, 1, 99, 50))));
        assertEquals("the load generator", Capacity.limit(200, List.of(step("a", 200, 1, 1, 60, 99))));
        assertEquals("loss or latency", Capacity.limit(200, List.of(step("a", 200, 1, 1, 60, 50))));
        assertEquals("none found", Capacity.limit(0, List.of()));
    }

    @Test
    void used_ofEveryCollector_isSummedWithoutMetaspace() {
        assertEquals(300, LiveHeap.used("""
                 def new generation   total 78656K, used 100K [0x1, 0x2)
                  eden space 69952K,   2% used [0x1, 0x2)
                 tenured generation   total 174784K, used 200K [0x3, 0x4)
                 Metaspace       used 5000K, committed 5100K, reserved 1056768K
                  class space    used 400K, committed 500K, reserved 1048576K
                """));
        assertEquals(77, LiveHeap.used("""
                 garbage-first heap   total 256000K, used 77K [0x1, 0x2)
                  region size 2048K, 3 young (6144K), 0 survivors (0K)
                """));
    }

    @Test
    void parse_options_areTakenOrRefused() {
        Path project = Path.of("/p");
        Options usual = Options.parse(List.of(), project, new Core(0), "17");
        Options asked = Options.parse(
                List.of("--suites", "scale,heap", "--viewers", "3", "--window", "2"), project, new Core(0), "25");

        assertEquals(List.of("oriel", "mediamtx", "go2rtc", "oriel-nio", "oriel-jdk25"), usual.servers());
        assertTrue(asked.servers().contains("oriel-jdk17"));
        assertEquals(List.of(3), asked.viewers());
        assertFalse(asked.suites().contains("capacity"));
        for (List<String> wrong :
                List.of(List.of("--rounds", "0"), List.of("--suites", "x"), List.of("--what", "1"), List.of("--out"))) {
            assertThrows(IllegalArgumentException.class, () -> Options.parse(wrong, project, new Core(0), "17"));
        }
    }
}
