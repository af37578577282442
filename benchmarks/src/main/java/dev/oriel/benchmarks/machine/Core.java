package dev.oriel.benchmarks.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One of the machine's cores.
 *
 * @param number as the kernel counts them
 */
public record Core(int number) {

    private static final int MILLIS_PER_TICK = 10;
    private static final int IDLE = 4;
    private static final int IOWAIT = 5;

    /** How long it has been busy since the machine was started, for whomever; 0 where the kernel does not tell. */
    public long busyMillis() {
        try {
            return busyMillis(Files.readString(Path.of("/proc/stat")));
        } catch (IOException e) {
            return 0;
        }
    }

    long busyMillis(String stat) {
        long ticks = 0;
        for (String line : stat.split("\n")) {
            String[] fields = line.split(" +");
            if (fields[0].equals("cpu" + number)) {
                for (int i = 1; i < Math.min(9, fields.length); i++) {
                    ticks += i == IDLE || i == IOWAIT ? 0 : Long.parseLong(fields[i]);
                }
            }
        }
        return ticks * MILLIS_PER_TICK;
    }
}
