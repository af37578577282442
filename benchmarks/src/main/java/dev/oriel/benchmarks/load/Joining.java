package dev.oriel.benchmarks.load;

import dev.oriel.benchmarks.figures.Distribution;
import java.util.Map;

/**
 * How a number of viewers joined.
 *
 * @param asked how many tried; fewer than wanted where it was hopeless
 * @param playing how many saw a whole keyframe in time
 * @param seconds from the first offer to the last first picture
 * @param answered milliseconds from sending the offer to its answer
 * @param secured to the end of the DTLS handshake
 * @param pictured to the last packet of the first whole keyframe
 * @param failures what was said where it failed, and how often
 */
public record Joining(
        int asked,
        int playing,
        double seconds,
        Distribution answered,
        Distribution secured,
        Distribution pictured,
        Map<String, Integer> failures) {

    public Joining {
        failures = Map.copyOf(failures);
    }
}
