package dev.oriel.benchmarks.load;

import dev.oriel.benchmarks.figures.Distribution;
import dev.oriel.testkit.viewer.light.Counts;

/**
 * What all viewers together saw in a window of time.
 *
 * @param viewers how many there were
 * @param seconds how long it was
 * @param counts their sums
 * @param whole pictures that came with all their packets
 * @param expected pictures that the camera sent meanwhile, for all viewers
 * @param latency in milliseconds, from the camera's sending to the arrival of the last packet
 */
public record Window(int viewers, double seconds, Counts counts, long whole, long expected, Distribution latency) {

    /** The share of packets that did not come, in percent. */
    public double packetLossPercent() {
        long all = counts.packets() + counts.lost();
        return all == 0 ? 100 : 100.0 * counts.lost() / all;
    }

    /** The share of pictures that did not come whole, in percent. */
    public double frameLossPercent() {
        return expected == 0 ? 100 : Math.max(0, 100.0 * (expected - whole) / expected);
    }
}
