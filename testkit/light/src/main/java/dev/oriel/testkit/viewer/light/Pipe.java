package dev.oriel.testkit.viewer.light;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bouncycastle.tls.DatagramTransport;

/** The way between a viewer's socket and its handshake, which blocks on another thread; bounded, and lossy like a network. */
final class Pipe implements DatagramTransport {

    private static final int CAPACITY = 64;
    private static final int RECEIVE_BYTES = 2048;
    private static final int SEND_BYTES = 1200;

    private final BlockingQueue<byte[]> received = new ArrayBlockingQueue<>(CAPACITY);
    private final Consumer<byte[]> out;
    private volatile boolean closed;

    Pipe(Consumer<byte[]> out) {
        this.out = out;
    }

    /** A datagram has come; takes it over. */
    void offer(byte[] datagram) {
        received.offer(datagram);
    }

    /** Whoever waits fails. */
    void abort() {
        closed = true;
        received.clear();
        received.offer(new byte[0]);
    }

    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
        byte[] datagram;
        try {
            datagram = received.poll(waitMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The handshake was interrupted");
        }
        if (closed) {
            throw new IOException("The viewer has left");
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
        out.accept(Arrays.copyOfRange(buffer, offset, offset + length));
    }

    @Override
    public int getReceiveLimit() {
        return RECEIVE_BYTES;
    }

    @Override
    public int getSendLimit() {
        return SEND_BYTES;
    }

    @Override
    public void close() {
        // The socket is the viewer's.
    }
}
