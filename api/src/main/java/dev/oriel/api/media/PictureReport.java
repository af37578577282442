package dev.oriel.api.media;

import java.time.Duration;

/**
 * What a camera's video is like, measured over its last seconds.
 *
 * @param widthPixels as it is shown, after cropping; 0 while unknown
 * @param heightPixels as it is shown, after cropping; 0 while unknown
 * @param framesPerSecond pictures a second by their timestamps; 0 while unknown
 * @param bitsPerSecond of payload
 * @param groupFrames pictures in the last complete group, from a keyframe up to the next; 0 while unknown
 * @param groupLength how long the last complete group is, or the running one where it is longer already
 * @param order whether pictures come in the order in which they are shown
 */
public record PictureReport(
        int widthPixels,
        int heightPixels,
        double framesPerSecond,
        long bitsPerSecond,
        int groupFrames,
        Duration groupLength,
        Order order) {

    /** The order of pictures on the wire. */
    public enum Order {
        /** Each is shown as it comes. */
        AS_SHOWN,
        /** Some are shown later than others that come behind them (B-frames), which browsers do not play. */
        REORDERED,
        /** Some come behind others that need them (RFC 6184 section 5.7, RFC 7798 section 4.4), which is not undone. */
        INTERLEAVED
    }

    /** The same but for the order. */
    public PictureReport with(Order other) {
        return new PictureReport(
                widthPixels, heightPixels, framesPerSecond, bitsPerSecond, groupFrames, groupLength, other);
    }
}
