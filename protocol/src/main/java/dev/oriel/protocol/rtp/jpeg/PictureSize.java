package dev.oriel.protocol.rtp.jpeg;

/**
 * How large a picture is.
 *
 * @param widthPixels 0 while unknown
 * @param heightPixels 0 while unknown
 */
public record PictureSize(int widthPixels, int heightPixels) {

    /** Nothing is known. */
    public static final PictureSize UNKNOWN = new PictureSize(0, 0);

    private static final int MOST = 65_535;

    /** Whether a picture can have this size. */
    public boolean isKnown() {
        return widthPixels > 0 && widthPixels <= MOST && heightPixels > 0 && heightPixels <= MOST;
    }
}
