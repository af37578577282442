package dev.oriel.protocol.turn;

/**
 * Finds messages in what comes over one TCP connection (RFC 8656 section 12.5, RFC 8489 section 6.2.2), at whatever places the
 * bytes are split.
 *
 * <p>A connection whose messages are too long, or none, is to be closed. Confined to one thread.
 */
public final class TurnFraming {

    /** The longest message that is taken. */
    public static final int MAX_BYTES = 4096;

    private static final int STUN_HEADER_BYTES = 20;

    /** Takes the messages. */
    @FunctionalInterface
    public interface Sink {
        /** A message at the beginning of an array that is written to again afterwards. */
        void message(byte[] bytes, int length);
    }

    private final byte[] frame = new byte[MAX_BYTES];
    private int filled;

    /**
     * Takes bytes in the order they came.
     *
     * @return false if it is no TURN server that sends them
     */
    public boolean receive(byte[] bytes, int offset, int count, Sink sink) {
        int at = offset;
        int end = offset + count;
        while (at < end) {
            int wanted = filled < ChannelData.HEADER_BYTES ? ChannelData.HEADER_BYTES : size();
            if (wanted < 0) {
                return false;
            }
            int part = Math.min(wanted - filled, end - at);
            System.arraycopy(bytes, at, frame, filled, part);
            at += part;
            filled += part;
            if (filled >= ChannelData.HEADER_BYTES && filled == size()) {
                int whole = filled;
                filled = 0;
                sink.message(frame, whole);
            }
        }
        return filled < ChannelData.HEADER_BYTES || size() >= 0;
    }

    /** The length of the message that begins with the bytes there are; negative for none. */
    private int size() {
        int claimed = (frame[2] & 0xff) << 8 | frame[3] & 0xff;
        int size;
        if ((frame[0] & 0xc0) == 0) {
            size = STUN_HEADER_BYTES + claimed;
        } else if ((frame[0] & 0xc0) == 0x40) {
            size = ChannelData.HEADER_BYTES + (claimed + 3 & ~3);
        } else {
            return -1;
        }
        return size > MAX_BYTES ? -1 : size;
    }
}
