package dev.oriel.benchmarks;

import dev.oriel.benchmarks.machine.Machine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a run's figures depend on, in sentences. */
final class Conditions {

    private Conditions() {}

    static List<String> of() {
        List<String> all = new ArrayList<>();
        all.add(processor() + ", Linux " + Machine.property("os.version").orElse("") + ", load average before: "
                + first("/proc/loadavg"));
        all.add("Java " + Machine.property("java.runtime.version").orElse("") + " for the load and for oriel");
        all.add("largest receive buffer of a socket: " + first("/proc/sys/net/core/rmem_max") + " bytes");
        return all;
    }

    private static String processor() {
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc/cpuinfo"));
            String model = lines.stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("a processor");
            return lines.stream().filter(line -> line.startsWith("processor")).count() + " cores of " + model;
        } catch (IOException e) {
            return "a processor";
        }
    }

    private static String first(String file) {
        // A file of the kernel's settings can be read in one piece only.
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            return new String(in.readNBytes(4096), StandardCharsets.US_ASCII).split("\\s", 2)[0];
        } catch (IOException e) {
            return "not told";
        }
    }
}
