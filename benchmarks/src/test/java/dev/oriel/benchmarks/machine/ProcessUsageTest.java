package dev.oriel.benchmarks.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ProcessUsageTest {

    @Test
    void parse_nameWithBlanksAndParentheses_isPassedOver() {
        ProcessUsage usage =
                ProcessUsage.parse("17 (a (b) c) S 1 17 17 0 -1 4194304 1 2 3 4 250 50 7 8 20 0 33 0 99 1000000 5 "
                        + "18446744073709551615 0 0 0 0 0 0 0 0 0 0 0 0 17 1 0 0 0 0 0\n");

        assertEquals(new ProcessUsage(3000, 5 * 4096, 33), usage);
    }

    @Test
    void of_ourselves_isThere() {
        ProcessUsage usage = ProcessUsage.of(ProcessHandle.current().pid());

        assertTrue(usage.residentBytes() > 1_000_000 && usage.threads() > 1, usage.toString());
    }

    @Test
    void busyMillis_ofOneCore_leavesOutIdleAndWaiting() {
        String stat = "cpu  9 9 9 9 9 9 9 9 0 0\ncpu0 1 2 3 1000 500 4 5 6 0 0\ncpu1 7 7 7 7 7 7 7 7 0 0\nintr 1\n";

        assertEquals(210, new Core(0).busyMillis(stat));
    }
}
