package dev.oriel.protocol.rtp.sound;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** A unit that comes in pieces, over packets of one timestamp. Confined to one thread. */
final class Pieces {

    /** More than the 6144 bits that each of 48 channels may have. */
    private static final int MAX_BYTES = 64 * 1024;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean open;
    private int timestamp;
    private int wanted;
    private boolean afterGap;
    private boolean behindGap;
    private boolean dead;

    /** Whether pieces are waiting for more. */
    boolean isOpen() {
        return open;
    }

    /** Whether the pieces of this timestamp are the rest of a unit of which one was lost. */
    boolean isDead(int of) {
        dead &= of == timestamp;
        return dead;
    }

    /** The timestamp of the pieces. */
    int timestamp() {
        return timestamp;
    }

    /** How many bytes the unit has; 0 where only its last piece says that it is complete. */
    int wanted() {
        return wanted;
    }

    /** Whether packets were lost right before the first piece, so that it may not be the first. */
    boolean isBehindGap() {
        return behindGap;
    }

    /** Packets are missing before the next one. */
    void gap() {
        abandon();
        afterGap = true;
    }

    /** Whether packets are missing right before the one at hand. */
    boolean isAfterGap() {
        return afterGap;
    }

    /** The next packet follows on the one at hand. */
    void packetTaken() {
        afterGap = false;
    }

    /** The first piece. */
    void begin(int of, int wantedBytes, byte[] from, int offset, int length) {
        bytes.reset();
        bytes.write(from, offset, length);
        open = true;
        timestamp = of;
        wanted = wantedBytes;
        behindGap = afterGap;
    }

    /** A further piece; false if there are too many bytes, and all is forgotten. */
    boolean add(byte[] from, int offset, int length) {
        bytes.write(from, offset, length);
        boolean fits = bytes.size() <= (wanted == 0 ? MAX_BYTES : Math.min(wanted, MAX_BYTES));
        if (!fits) {
            abandon();
        }
        return fits;
    }

    /** Whether as much has come as was said. */
    boolean isComplete() {
        return open && wanted > 0 && bytes.size() == wanted;
    }

    /** The unit, as far as it has come; there is none afterwards. */
    Optional<byte[]> take() {
        boolean was = open;
        open = false;
        return was ? Optional.of(bytes.toByteArray()) : Optional.empty();
    }

    /** The unit will not become whole; what is still to come of it is dead. */
    private void abandon() {
        dead |= open;
        open = false;
    }
}
