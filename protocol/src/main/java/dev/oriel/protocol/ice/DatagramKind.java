package dev.oriel.protocol.ice;

/** What a datagram on a shared port is, judged by its first two bytes (RFC 7983 section 7, RFC 5761 section 4). */
public enum DatagramKind {
    STUN,
    DTLS,
    RTP,
    RTCP,
    UNKNOWN;

    /** The kind of the datagram in a part of an array. */
    public static DatagramKind of(byte[] bytes, int offset, int length) {
        if (length < 2) {
            return UNKNOWN;
        }
        int first = bytes[offset] & 0xff;
        if (first <= 3) {
            return STUN;
        }
        if (first >= 20 && first <= 63) {
            return DTLS;
        }
        if (first >= 128 && first <= 191) {
            int type = bytes[offset + 1] & 0xff;
            return type >= 192 && type <= 223 ? RTCP : RTP;
        }
        return UNKNOWN;
    }
}
