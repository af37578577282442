package dev.oriel.protocol.rtp.picture;

/**
 * What a sequence parameter set says that we ask for.
 *
 * @param widthPixels as it is shown, after cropping
 * @param heightPixels as it is shown, after cropping
 * @param orderFixed whether it promises that pictures come in the order in which they are shown
 * @param separatePlanes whether slices name a colour plane
 * @param frameNumberBits how long {@code frame_num} is; H.264 only
 * @param framesOnly whether there are no fields; H.264 only
 * @param orderBits how long the low part of the picture order count is; 0 if slices do not carry it
 */
record SequenceInfo(
        int widthPixels,
        int heightPixels,
        boolean orderFixed,
        boolean separatePlanes,
        int frameNumberBits,
        boolean framesOnly,
        int orderBits) {

    /** Larger is no picture but a mistake. */
    static final int MAX_PIXELS = 16_384;

    boolean isPlausible() {
        return widthPixels > 0 && widthPixels <= MAX_PIXELS && heightPixels > 0 && heightPixels <= MAX_PIXELS;
    }
}
