package dev.oriel.protocol.rtp;

/**
 * A view on one RTP packet at a time, moved from packet to packet so that none needs an object (RFC 3550 section 5.1).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---+-+-+-------+-+-------------+-------------------------------+
 * |V=2|P|X|  CC   |M|     PT      |        sequence number        |
 * +---+-+-+-------+-+-------------+-------------------------------+
 * |                           timestamp                           |
 * +---------------------------------------------------------------+
 * |                 synchronisation source (SSRC)                 |
 * +---------------------------------------------------------------+
 * |     CC contributing sources, 4 bytes each; then, where X:     |
 * |     2 bytes of profile, 2 bytes of length in words, words     |
 * +---------------------------------------------------------------+
 * |     payload; where P: padding, its count in the last byte     |
 * +---------------------------------------------------------------+
 * </pre>
 *
 * <p>Confined to one thread. What it answers holds until the next {@link #moveTo}.
 */
public final class RtpView {

    private static final int FIXED_HEADER_BYTES = 12;

    private byte[] bytes = new byte[0];
    private int start;
    private int payloadOffset;
    private int payloadLength;
    private int extensionOffset;
    private int extensionLength;

    /**
     * Looks at another packet; answers whether it is one. If not, the view is on nothing that may be asked.
     *
     * @param packet read only; {@code offset} and {@code length} must lie within
     */
    public boolean moveTo(byte[] packet, int offset, int length) {
        bytes = packet;
        start = offset;
        int end = offset + length;
        if (length < FIXED_HEADER_BYTES || (packet[offset] & 0xc0) != 0x80) {
            return false;
        }
        int at = offset + FIXED_HEADER_BYTES + 4 * (packet[offset] & 0x0f);
        extensionOffset = at;
        extensionLength = 0;
        if ((packet[offset] & 0x10) != 0) {
            if (at + 4 > end) {
                return false;
            }
            extensionOffset = at + 4;
            extensionLength = 4 * unsigned16(packet, at + 2);
            at = extensionOffset + extensionLength;
        }
        if (at > end) {
            return false;
        }
        if ((packet[offset] & 0x20) != 0 && at < end) {
            // A count of 0 is against the RFC; it is taken for what it says.
            end -= packet[end - 1] & 0xff;
        }
        payloadOffset = at;
        payloadLength = end - at;
        return payloadLength >= 0;
    }

    /** 0 to 65535. */
    public int sequenceNumber() {
        return unsigned16(bytes, start + 2);
    }

    /** 32 bits, to be read as unsigned. */
    public int timestamp() {
        return int32(bytes, start + 4);
    }

    /** 32 bits. */
    public int ssrc() {
        return int32(bytes, start + 8);
    }

    /** The marker bit. */
    public boolean marker() {
        return (bytes[start + 1] & 0x80) != 0;
    }

    /** 0 to 127. */
    public int payloadType() {
        return bytes[start + 1] & 0x7f;
    }

    /** The array the packet lies in; read only. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where the payload begins in {@link #bytes}. */
    public int payloadOffset() {
        return payloadOffset;
    }

    /** The payload's length without padding; may be 0. */
    public int payloadLength() {
        return payloadLength;
    }

    /** What kind of header extension there is, 16 bits (RFC 3550 section 5.3.1); 0 if there is none. */
    int extensionProfile() {
        return extensionLength == 0 ? 0 : unsigned16(bytes, extensionOffset - 4);
    }

    /** Where the header extension's words begin in {@link #bytes}. */
    int extensionOffset() {
        return extensionOffset;
    }

    /** How many bytes of header extension there are; 0 if there is none. */
    int extensionLength() {
        return extensionLength;
    }

    static int unsigned16(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }

    static int int32(byte[] bytes, int at) {
        return unsigned16(bytes, at) << 16 | unsigned16(bytes, at + 2);
    }
}
