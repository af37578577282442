package dev.oriel.itest.karaf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The sockets of a process that wait for somebody: TCP that listens, and all UDP. Read from {@code /proc}, so empty where
 * there is none.
 */
final class Sockets {

    private static final String LISTENING = "0A";

    private Sockets() {}

    /** Protocol and port of each, e.g. {@code udp 8189}. */
    static Set<String> of(long processId) throws IOException {
        Path process = Path.of("/proc", String.valueOf(processId));
        Set<String> sockets = new TreeSet<>();
        if (!Files.isDirectory(process)) {
            return sockets;
        }
        Set<String> inodes = inodes(process.resolve("fd"));
        for (String protocol : List.of("tcp", "tcp6", "udp", "udp6")) {
            for (String line : Files.readAllLines(process.resolve("net").resolve(protocol))) {
                // sl local_address rem_address st tx_queue:rx_queue tr:tm->when retrnsmt uid timeout inode
                String[] fields = line.strip().split("\\s+");
                if (fields.length > 9
                        && inodes.contains(fields[9])
                        && (protocol.startsWith("udp") || fields[3].equals(LISTENING))) {
                    String port = fields[1].substring(fields[1].lastIndexOf(':') + 1);
                    sockets.add(protocol + " " + Integer.parseInt(port, 16));
                }
            }
        }
        return sockets;
    }

    private static Set<String> inodes(Path descriptors) throws IOException {
        Set<String> inodes = new HashSet<>();
        try (Stream<Path> all = Files.list(descriptors)) {
            for (Path descriptor : all.toList()) {
                String target = targetOf(descriptor);
                if (target.startsWith("socket:[")) {
                    inodes.add(target.substring("socket:[".length(), target.length() - 1));
                }
            }
        }
        return inodes;
    }

    private static String targetOf(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            // Closed meanwhile.
            return "";
        }
    }
}
