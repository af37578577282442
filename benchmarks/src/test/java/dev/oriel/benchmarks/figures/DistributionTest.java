package dev.oriel.benchmarks.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DistributionTest {

    @Test
    void ofMicros_hundredValues_hasTheirQuantilesInMillis() {
        Distribution d = Distribution.ofMicros(
                IntStream.rangeClosed(1, 100).map(i -> 1000 * (101 - i)).toArray());

        assertEquals(new Distribution(100, 50, 95, 99, 100), d);
    }

    @Test
    void of_oneValue_isItEverywhere() {
        assertEquals(new Distribution(1, 7, 7, 7, 7), Distribution.ofMillis(7));
    }

    @Test
    void of_nothing_hasNoFigures() {
        Distribution d = Distribution.ofMillis();

        assertEquals(0, d.count());
        assertTrue(Double.isNaN(d.p50()) && Double.isNaN(d.max()));
        assertTrue(Double.isNaN(Distribution.median()));
    }

    @Test
    void median_evenAndOdd_isTheMiddle() {
        assertEquals(2, Distribution.median(3, 1, 2));
        assertEquals(2.5, Distribution.median(4, 1, 2, 3));
        assertEquals(2, Distribution.median(Double.NaN, 2));
    }

    @Test
    void write_table_linesUp() {
        String text = new Table("a", "long head").row(1, 2.25).row("value", "–").write();

        assertEquals(
                "| a     | long head |\n| ----- | --------- |\n| 1     | 2.3       |\n| value | –         |\n", text);
    }
}
