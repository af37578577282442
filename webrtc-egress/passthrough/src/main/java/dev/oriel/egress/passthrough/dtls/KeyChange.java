package dev.oriel.egress.passthrough.dtls;

import java.nio.ByteBuffer;

/**
 * Withholds a client's change of keys until the last message before it has come. Bouncy Castle changes its keys as soon as it
 * can, and then drops what was not encrypted yet and had been lost before: such a handshake would never end.
 */
final class KeyChange {

    private static final int RECORD_HEADER_BYTES = 13;
    private static final int MESSAGE_HEADER_BYTES = 12;
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int HANDSHAKE = 22;
    private static final int CERTIFICATE_VERIFY = 15;

    private boolean isDue;

    /** How much of a datagram from the client may be read now, bytes. */
    int readable(byte[] datagram) {
        ByteBuffer in = ByteBuffer.wrap(datagram);
        int at = 0;
        while (!isDue && datagram.length - at >= RECORD_HEADER_BYTES) {
            int length = Short.toUnsignedInt(in.getShort(at + 11));
            if (datagram[at] == CHANGE_CIPHER_SPEC) {
                return at;
            }
            boolean isPlain = in.getShort(at + 3) == 0;
            int message = at + RECORD_HEADER_BYTES;
            if (isPlain && datagram[at] == HANDSHAKE && message + MESSAGE_HEADER_BYTES <= datagram.length) {
                isDue = datagram[message] == CERTIFICATE_VERIFY && isLastPart(in, message);
            }
            at = message + length;
        }
        return datagram.length;
    }

    private static boolean isLastPart(ByteBuffer in, int message) {
        int whole = in.getInt(message) & 0xffffff;
        int from = in.getInt(message + 5) & 0xffffff;
        int part = in.getInt(message + 8) & 0xffffff;
        return from + part == whole;
    }
}
