package dev.oriel.protocol.rtp;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** RTP packets for tests. */
final class RtpBytes {

    static final int SSRC = 0x01020304;

    private RtpBytes() {}

    static byte[] packet(int sequence, int timestamp, boolean marker, byte[] payload) {
        return ByteBuffer.allocate(12 + payload.length)
                .put((byte) 0x80) // version 2
                .put((byte) (marker ? 0xe0 : 0x60)) // payload type 96
                .putShort((short) sequence)
                .putInt(timestamp)
                .putInt(SSRC)
                .put(payload)
                .array();
    }

    static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    /** A NAL unit of a length, beginning with the given bytes; what follows differs from byte to byte and holds no start code. */
    static byte[] nal(int length, String beginning) {
        byte[] nal = new byte[length];
        byte[] start = hex(beginning);
        for (int i = 0; i < length; i++) {
            nal[i] = i < start.length ? start[i] : (byte) (1 + i % 251);
        }
        return nal;
    }

    static byte[] join(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }
}
