package dev.oriel.protocol.srtp;

/** How much of a media packet is header and stays readable (RFC 3550 sections 5.1 and 5.3.1). */
final class RtpHeaderLength {

    private static final int FIXED_BYTES = 12;

    private RtpHeaderLength() {}

    /** The length, or -1 if the packet is shorter than its header. */
    static int of(byte[] packet, int offset, int length) {
        if (length < FIXED_BYTES) {
            return -1;
        }
        int header = FIXED_BYTES + 4 * (packet[offset] & 15);
        if ((packet[offset] & 0x10) != 0) {
            if (length < header + 4) {
                return -1;
            }
            header += 4 + 4 * ((packet[offset + header + 2] & 0xff) << 8 | packet[offset + header + 3] & 0xff);
        }
        return header <= length ? header : -1;
    }
}
