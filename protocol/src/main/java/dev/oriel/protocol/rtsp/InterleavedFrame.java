package dev.oriel.protocol.rtsp;

import java.nio.ByteBuffer;

/**
 * The frame that carries a media packet between RTSP messages (RFC 2326 section 10.12): {@code $}, channel, two bytes of
 * length, then the packet.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+-------------------------------+
 * |    "$" = 24   |   channel     |            length             |
 * +---------------+---------------+-------------------------------+
 * </pre>
 */
public final class InterleavedFrame {

    /** The bytes in front of the packet. */
    public static final int HEADER_BYTES = 4;

    /** The most a packet can have. */
    public static final int MAX_PAYLOAD_BYTES = 0xffff;

    static final byte MAGIC = '$';

    private InterleavedFrame() {}

    /**
     * Puts the four bytes that go in front of a packet.
     *
     * @throws IllegalArgumentException if a number does not fit
     */
    public static void putHeader(ByteBuffer target, int channel, int length) {
        if (channel < 0 || channel > 255 || length < 0 || length > MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException("A frame has a channel of 0 to 255 and 0 to 65535 bytes");
        }
        target.put(MAGIC).put((byte) channel).putShort((short) length);
    }
}
