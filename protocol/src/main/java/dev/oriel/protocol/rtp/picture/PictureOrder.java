package dev.oriel.protocol.rtp.picture;

/**
 * Whether pictures come in the order in which they are shown, told from their picture order counts (H.264 section 8.2.1,
 * H.265 section 8.3.1) and timestamps.
 *
 * <p>That an encoder may reorder is not enough: many announce it and never do. One picture out of order may be a mistake of
 * a camera; from the second on it is believed, until {@link #FORGOTTEN_AFTER} pictures in a row were in order.
 */
final class PictureOrder {

    private static final int BELIEVED_FROM = 2;
    private static final int FORGOTTEN_AFTER = 500;

    private boolean known;
    private int highest;
    private int evidence;
    private int inOrder;

    /** What comes next has nothing to do with what came before: an IDR picture, or a loss. */
    void reset() {
        known = false;
    }

    /** Forgets everything, as the parameters have changed. */
    void clear() {
        reset();
        evidence = 0;
        inOrder = 0;
    }

    /** A picture with this low part of its picture order count of so many bits. */
    void counted(int low, int bits) {
        int step = (low - highest) << 32 - bits >> 32 - bits;
        boolean behind = known && step < 0;
        if (!behind) {
            highest = low;
            known = true;
        }
        picture(behind);
    }

    /** A picture that tells of itself whether it is out of order. */
    void picture(boolean outOfOrder) {
        if (outOfOrder) {
            evidence++;
            inOrder = 0;
        } else if (++inOrder >= FORGOTTEN_AFTER) {
            evidence = 0;
        }
    }

    boolean isReordered() {
        return evidence >= BELIEVED_FROM;
    }
}
