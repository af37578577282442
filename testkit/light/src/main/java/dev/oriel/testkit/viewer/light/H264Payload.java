package dev.oriel.testkit.viewer.light;

/** What a viewer must know of RTP payloads of H.264 (RFC 6184 section 5.2). */
final class H264Payload {

    private static final int TYPE = 0x1f;
    private static final int IDR = 5;
    private static final int STAP_A = 24;
    private static final int FU_A = 28;
    private static final int START = 0x80;

    private H264Payload() {}

    /** Whether a keyframe's slice begins in this payload. */
    static boolean startsKeyframe(byte[] bytes, int offset, int length) {
        int type = bytes[offset] & TYPE;
        if (type == IDR) {
            return true;
        }
        if (type == FU_A) {
            return length > 1 && (bytes[offset + 1] & START) != 0 && (bytes[offset + 1] & TYPE) == IDR;
        }
        if (type == STAP_A) {
            int at = offset + 1;
            while (at + 2 < offset + length) {
                if ((bytes[at + 2] & TYPE) == IDR) {
                    return true;
                }
                at += 2 + ((bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff);
            }
        }
        return false;
    }
}
