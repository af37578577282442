package dev.oriel.egress.passthrough.dtls;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bouncycastle.tls.DatagramTransport;

/** A client's way to a session whose datagrams hold so little that handshake messages come in pieces. */
final class SmallTransport implements DatagramTransport {

    static final int LIMIT = 100;

    final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
    private final boolean shuffled;
    private final List<byte[]> flight = new ArrayList<>();
    Consumer<byte[]> receiver = datagram -> {};
    int largest;
    /** How many datagrams the first flight had. */
    int first;

    /** @param shuffled whether each flight arrives backwards, and each of its datagrams twice */
    SmallTransport(boolean shuffled) {
        this.shuffled = shuffled;
    }

    @Override
    public int getReceiveLimit() {
        return 2048;
    }

    @Override
    public int getSendLimit() {
        return LIMIT;
    }

    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) {
        deliver();
        try {
            byte[] datagram = received.poll(waitMillis, TimeUnit.MILLISECONDS);
            if (datagram == null) {
                return -1;
            }
            System.arraycopy(datagram, 0, buffer, offset, datagram.length);
            return datagram.length;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    private void deliver() {
        first = first == 0 ? flight.size() : first;
        List<byte[]> out = new ArrayList<>(flight);
        flight.clear();
        if (shuffled) {
            Collections.reverse(out);
            out.addAll(List.copyOf(out));
        }
        out.forEach(receiver);
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
        largest = Math.max(largest, length);
        flight.add(Arrays.copyOfRange(buffer, offset, offset + length));
    }

    @Override
    public void close() {
        deliver();
    }
}
