package dev.oriel.protocol.rtp;

import dev.oriel.protocol.rtp.jpeg.PictureSize;

/**
 * What a camera's description says of how its video comes, besides the codec.
 *
 * @param size how large JPEG pictures are that cannot say it themselves
 * @param numbered whether H.265 comes with decoding order numbers ({@code sprop-max-don-diff} above 0)
 */
public record VideoPacking(PictureSize size, boolean numbered) {

    /** Nothing is said. */
    public static final VideoPacking PLAIN = new VideoPacking(PictureSize.UNKNOWN, false);
}
