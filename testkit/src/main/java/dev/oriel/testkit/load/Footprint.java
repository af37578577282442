package dev.oriel.testkit.load;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What this process holds at one moment.
 *
 * @param heapKib in use after garbage collection
 * @param threads alive
 * @param files open descriptors, sockets among them
 */
public record Footprint(long heapKib, int threads, long files) {

    private static final int COLLECTIONS = 3;

    /** Collects garbage and looks. */
    public static Footprint now() throws IOException {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024;
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return new Footprint(heap, ManagementFactory.getThreadMXBean().getThreadCount(), files.count());
        }
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%,10d KiB heap %5d threads %5d files", heapKib, threads, files);
    }
}
