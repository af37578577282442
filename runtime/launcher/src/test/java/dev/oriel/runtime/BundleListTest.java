package dev.oriel.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.runtime.BundleList.Entry;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class BundleListTest {

    @Test
    void parse_linesAndComments_giveEntriesInOrder() {
        assertEquals(
                List.of(new Entry(80, "b"), new Entry(10, "a")), BundleList.parse("# levels\n80 b\n\n  10   a  \n"));
    }

    @Test
    void read_ownBundles_startBehindTheConfiguration() throws IOException {
        List<Entry> own = BundleList.read().stream()
                .filter(entry -> entry.name().startsWith("dev.oriel."))
                .toList();

        assertTrue(own.size() >= 7);
        assertTrue(own.stream().allMatch(entry -> entry.startLevel() > OsgiRuntime.CONFIGURED_LEVEL));
    }
}
