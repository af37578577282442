package dev.oriel.protocol.turn;

/** The short form in which datagrams of a bound channel travel (RFC 8656 section 12.4): number, length, datagram. */
final class ChannelData {

    static final int HEADER_BYTES = 4;

    /** RFC 8656 section 12. */
    static final int FIRST_NUMBER = 0x4000;

    static final int LAST_NUMBER = 0x4fff;

    private ChannelData() {}

    static boolean is(byte[] bytes, int offset, int length) {
        return length >= HEADER_BYTES && (bytes[offset] & 0xf0) == 0x40;
    }

    static int number(byte[] bytes, int offset) {
        return (bytes[offset] & 0xff) << 8 | bytes[offset + 1] & 0xff;
    }

    /** How long the datagram is; what is behind it is padding. */
    static int length(byte[] bytes, int offset) {
        return (bytes[offset + 2] & 0xff) << 8 | bytes[offset + 3] & 0xff;
    }

    /**
     * Writes a message.
     *
     * @param padded whether it must be a multiple of four bytes long, as over TCP
     * @return its length
     */
    static int write(int number, byte[] datagram, int length, boolean padded, byte[] out) {
        out[0] = (byte) (number >> 8);
        out[1] = (byte) number;
        out[2] = (byte) (length >> 8);
        out[3] = (byte) length;
        System.arraycopy(datagram, 0, out, HEADER_BYTES, length);
        int end = HEADER_BYTES + length;
        while (padded && end % 4 != 0) {
            out[end++] = 0;
        }
        return end;
    }
}
