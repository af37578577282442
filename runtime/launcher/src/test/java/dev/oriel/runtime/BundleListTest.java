package dev.oriel.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.runtime.BundleList.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BundleListTest {

    @Test
    void parse_linesAndComments_giveEntriesInOrder() {
        assertEquals(
                List.of(new Entry(80, "b"), new Entry(10, "a")), BundleList.parse("# levels\n80 b\n\n  10   a  \n"));
    }

    @Test
    void read_bundlesOfTheKarafFeatures_areTheSame() throws IOException {
        Set<Entry> featured = new TreeSet<>(Comparator.comparing(Entry::name));
        Matcher bundle = Pattern.compile(
                        "<bundle start-level=\"(\\d+)\"[^>]*>mvn:[^/]+/([^/]+)/[^/<]+(?:/jar/([^<]+))?<")
                .matcher(Files.readString(Path.of("..", "..", "features", "src", "main", "features", "features.xml")));
        while (bundle.find()) {
            String part = bundle.group(3) == null ? "" : "-" + bundle.group(3);
            featured.add(new Entry(Integer.parseInt(bundle.group(1)), bundle.group(2) + part));
        }
        List<Entry> listed = BundleList.read();

        assertEquals(own(featured), own(listed));
        assertTrue(names(listed).containsAll(names(featured)), "missing of " + names(featured));
    }

    @Test
    void read_ownBundles_startBehindTheConfiguration() throws IOException {
        Set<Entry> own = own(BundleList.read());

        assertTrue(own.size() >= 6);
        assertTrue(own.stream().allMatch(entry -> entry.startLevel() > OsgiRuntime.CONFIGURED_LEVEL));
    }

    /** Our bundles but the demo camera, which a Karaf gets only if it asks for it. */
    private static Set<Entry> own(Collection<Entry> entries) {
        return entries.stream()
                .filter(entry -> entry.name().startsWith("dev.oriel."))
                .filter(entry -> !entry.name().equals("dev.oriel.demo"))
                .collect(Collectors.toSet());
    }

    private static Set<String> names(Collection<Entry> entries) {
        return entries.stream().map(Entry::name).collect(Collectors.toCollection(TreeSet::new));
    }
}
