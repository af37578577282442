package dev.oriel.testkit.camera;

/** How a camera encodes its picture. */
public enum Video {
    /** H.264, constrained baseline profile. */
    H264_BASELINE("h264-baseline"),
    /** H.264, high profile, as nearly all cameras send. */
    H264_HIGH("h264-high"),
    /** H.265, main profile. */
    H265("h265"),
    /** Motion JPEG (RFC 2435). */
    JPEG("jpeg"),
    /** No picture: a camera of sound only. */
    NONE("none");

    private final String word;

    Video(String word) {
        this.word = word;
    }

    /** The name on command lines. */
    String word() {
        return word;
    }
}
