package dev.oriel.api.media;

/**
 * One media line of a camera.
 *
 * @param index its position among the camera's tracks, from 0; the same track keeps its index when parameters change
 * @param kind what it carries
 * @param codec its format, with the parameter sets known by now
 * @param clockRateHz ticks of its RTP timestamps per second, above 0
 * @param channels audio channels, 1 or more; 1 for video
 */
public record Track(int index, MediaKind kind, Codec codec, int clockRateHz, int channels) {

    /** @throws IllegalArgumentException if a number is out of range */
    public Track {
        if (index < 0 || clockRateHz <= 0 || channels <= 0) {
            throw new IllegalArgumentException("A track has an index from 0, a clock rate and channels above 0: "
                    + index + ", " + clockRateHz + ", " + channels);
        }
    }
}
