package dev.oriel.protocol.ice;

import java.util.Optional;

/**
 * Finds datagrams in what comes over one TCP connection, where each stands behind its length in two bytes (RFC 4571 section
 * 2), at whatever places the bytes are split.
 *
 * <p>A connection whose frames are too long is not speaking this, or means harm, and is to be closed. Confined to one thread.
 */
public final class TcpFraming {

    /** The longest datagram that is taken. */
    public static final int MAX_BYTES = 2048;

    /** The bytes of a length. */
    public static final int HEADER_BYTES = 2;

    /** Takes the datagrams. */
    @FunctionalInterface
    public interface Sink {
        /** A datagram, in an array that is written to again afterwards, from its beginning on. */
        void datagram(byte[] bytes, int length);
    }

    private int lengthBytes;
    private int length;
    private int filled;

    /** There while a datagram has come in part. */
    private Optional<byte[]> partial = Optional.empty();

    /**
     * Takes bytes in the order they came.
     *
     * @param scratch at least {@link #MAX_BYTES} long, for datagrams that came whole; free again afterwards
     * @return false if a datagram is too long: nothing can be told from the connection any more
     */
    public boolean receive(byte[] bytes, int offset, int count, byte[] scratch, Sink sink) {
        int at = offset;
        int end = offset + count;
        while (at < end) {
            if (lengthBytes < HEADER_BYTES) {
                length = length << 8 | bytes[at++] & 0xff;
                lengthBytes++;
                continue;
            }
            if (length > MAX_BYTES) {
                return false;
            }
            int part = Math.min(length - filled, end - at);
            if (partial.isEmpty() && part < length) {
                partial = Optional.of(new byte[length]);
            }
            byte[] target = partial.orElse(scratch);
            System.arraycopy(bytes, at, target, filled, part);
            at += part;
            filled += part;
            if (filled == length) {
                int whole = length;
                partial = Optional.empty();
                lengthBytes = 0;
                length = 0;
                filled = 0;
                if (whole > 0) {
                    sink.datagram(target, whole);
                }
            }
        }
        return lengthBytes < HEADER_BYTES || length <= MAX_BYTES;
    }
}
