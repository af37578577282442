package dev.oriel.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Which bundles the distribution starts, and when: the resource {@code bundles.txt}. */
final class BundleList {

    private BundleList() {}

    /**
     * One bundle.
     *
     * @param startLevel 1 to 100; lower starts earlier and stops later
     * @param name of its file in {@code bundles/}, without {@code .jar}
     */
    record Entry(int startLevel, String name) {}

    /** The list, in the order of the file. */
    static List<Entry> read() throws IOException {
        try (InputStream in = BundleList.class.getResourceAsStream("bundles.txt")) {
            if (in == null) {
                throw new IOException("bundles.txt is missing in the launcher's jar");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Reads lines of a start level and a name; blank lines and those that begin with {@code #} are passed over. */
    static List<Entry> parse(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(line -> line.split("\\s+", 2))
                .map(parts -> new Entry(Integer.parseInt(parts[0]), parts[1]))
                .toList();
    }
}
