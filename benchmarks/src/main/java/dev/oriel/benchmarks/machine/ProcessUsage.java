package dev.oriel.benchmarks.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process has used, from /proc/PID/stat (proc(5)).
 *
 * @param cpuMillis of user and system together, in steps of ten
 * @param residentBytes in memory now
 * @param threads that it has now
 */
public record ProcessUsage(long cpuMillis, long residentBytes, int threads) {

    private static final int MILLIS_PER_TICK = 10;
    private static final int PAGE_BYTES = 4096;

    /** That of a process; nothing for one that is gone. */
    public static ProcessUsage of(long pid) {
        try {
            return parse(Files.readString(Path.of("/proc", Long.toString(pid), "stat")));
        } catch (IOException e) {
            return new ProcessUsage(0, 0, 0);
        }
    }

    /** The program's name, in parentheses, may hold anything; the fields behind it are numbers. */
    static ProcessUsage parse(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ");
        long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        return new ProcessUsage(
                ticks * MILLIS_PER_TICK, Long.parseLong(fields[21]) * PAGE_BYTES, Integer.parseInt(fields[17]));
    }
}
