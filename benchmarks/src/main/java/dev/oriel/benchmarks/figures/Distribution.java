package dev.oriel.benchmarks.figures;

import java.util.Arrays;
import java.util.List;

/**
 * Values in milliseconds, of which some were measured and sorted. Immutable.
 *
 * @param count how many; with none, all figures are NaN
 */
public record Distribution(int count, double p50, double p95, double p99, double max) {

    /** That of values in microseconds. */
    public static Distribution ofMicros(int[] micros) {
        return ofMillis(Arrays.stream(micros).mapToDouble(v -> v / 1000.0).toArray());
    }

    /** That of values in milliseconds. */
    public static Distribution ofMillis(double... millis) {
        double[] sorted = millis.clone();
        Arrays.sort(sorted);
        return new Distribution(
                sorted.length,
                quantile(sorted, 0.50),
                quantile(sorted, 0.95),
                quantile(sorted, 0.99),
                quantile(sorted, 1));
    }

    /** That of values in milliseconds. */
    public static Distribution of(List<Double> millis) {
        return ofMillis(millis.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** The middle one; of an even number, the mean of the two in the middle; NaN of none. */
    public static double median(double... values) {
        double[] sorted =
                Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /** The smallest value that at least this share of all does not exceed. */
    private static double quantile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
