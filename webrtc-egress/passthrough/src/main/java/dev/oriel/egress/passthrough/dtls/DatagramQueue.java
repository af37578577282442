package dev.oriel.egress.passthrough.dtls;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bouncycastle.tls.DatagramTransport;

/** Datagrams on their way from the socket's thread into Bouncy Castle's blocking calls; what does not fit is lost, as on a network. */
final class DatagramQueue implements DatagramTransport {

    private static final int CAPACITY = 32;

    /** Small enough for every path, so that no flight is fragmented below UDP. */
    private static final int LIMIT_BYTES = 1200;

    private static final int RECEIVE_LIMIT_BYTES = 2048;
    private static final byte[] CLOSED = new byte[0];

    private final BlockingQueue<byte[]> received = new ArrayBlockingQueue<>(CAPACITY);
    private final Consumer<byte[]> send;
    private volatile boolean blocking = true;
    private volatile boolean closed;

    DatagramQueue(Consumer<byte[]> send) {
        this.send = send;
    }

    /** Takes a datagram; returns at once. */
    void offer(byte[] datagram) {
        received.offer(datagram);
    }

    boolean isEmpty() {
        return received.isEmpty();
    }

    /** From now on {@link #receive} never waits. */
    void stopBlocking() {
        blocking = false;
    }

    /** Makes whoever waits, or comes to wait, fail. */
    void abort() {
        closed = true;
        received.clear();
        received.offer(CLOSED);
    }

    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
        byte[] datagram;
        try {
            datagram = blocking ? received.poll(waitMillis, TimeUnit.MILLISECONDS) : received.poll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The handshake was interrupted");
        }
        if (closed) {
            throw new IOException("The session is over");
        }
        if (datagram == null) {
            return -1;
        }
        int size = Math.min(length, datagram.length);
        System.arraycopy(datagram, 0, buffer, offset, size);
        return size;
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
        send.accept(java.util.Arrays.copyOfRange(buffer, offset, offset + length));
    }

    @Override
    public int getReceiveLimit() {
        return RECEIVE_LIMIT_BYTES;
    }

    @Override
    public int getSendLimit() {
        return LIMIT_BYTES;
    }

    @Override
    public void close() {
        // The socket is shared; nothing to close.
    }
}
