package dev.oriel.egress.passthrough.dtls;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What a handshake has sent last, to be sent again. Confined to one thread at a time.
 *
 * <p>The other side drops a record whose number it has seen (RFC 6347 section 4.1.2.6), although it may not have been able to use
 * it then, as a change of keys that comes before the keys. So records that are not encrypted yet get numbers of our own, and
 * others each time; those numbers are not part of what is signed. An encrypted record keeps its number: it counts as seen only once it
 * was decrypted.
 */
final class Flight {

    private static final int MAX_DATAGRAMS = 16;
    private static final int RECORD_HEADER_BYTES = 13;

    private final List<byte[]> datagrams = new ArrayList<>();
    private boolean isOver;
    private long nextNumber;

    /** Numbers a datagram that is to be sent, and keeps it. */
    void add(byte[] datagram) {
        if (isOver) {
            datagrams.clear();
            isOver = false;
        }
        number(datagram);
        if (datagrams.size() < MAX_DATAGRAMS) {
            datagrams.add(datagram);
        }
    }

    /** What is added from now on belongs to another flight. */
    void end() {
        isOver = true;
    }

    /** Numbers a datagram that is to be sent. */
    void number(byte[] datagram) {
        ByteBuffer out = ByteBuffer.wrap(datagram);
        int at = 0;
        while (datagram.length - at >= RECORD_HEADER_BYTES) {
            if (out.getShort(at + 3) == 0) {
                out.putShort(at + 5, (short) (nextNumber >>> 32)).putInt(at + 7, (int) nextNumber);
                nextNumber++;
            }
            at += RECORD_HEADER_BYTES + Short.toUnsignedInt(out.getShort(at + 11));
        }
    }

    /** All of it, numbered anew. */
    List<byte[]> again() {
        List<byte[]> again = new ArrayList<>();
        for (byte[] datagram : datagrams) {
            byte[] copy = datagram.clone();
            number(copy);
            again.add(copy);
        }
        return again;
    }
}
