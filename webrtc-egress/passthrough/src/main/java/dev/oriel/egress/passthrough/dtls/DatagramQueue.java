package dev.oriel.egress.passthrough.dtls;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bouncycastle.tls.DatagramTransport;
import org.jspecify.annotations.Nullable;

/** Datagrams on their way from the socket's thread into Bouncy Castle's blocking calls; what does not fit is lost, as on a network. */
final class DatagramQueue implements DatagramTransport {

    /** Whether a wait of so long, in one go and altogether, is long enough. */
    @FunctionalInterface
    interface Patience {
        boolean isOver(int silentMillis, int waitedMillis);
    }

    private static final int CAPACITY = 32;

    /** Small enough for every path, so that no flight is fragmented below UDP. */
    private static final int LIMIT_BYTES = 1200;

    private static final int RECEIVE_LIMIT_BYTES = 2048;
    private static final int SLICE_MILLIS = 100;
    private static final byte[] CLOSED = new byte[0];

    private final BlockingQueue<byte[]> received = new ArrayBlockingQueue<>(CAPACITY);
    private final Consumer<byte[]> send;
    private final Patience patience;
    private volatile boolean blocking = true;
    private volatile boolean closed;
    /** Only of the one thread that receives. */
    private int silentMillis;

    private int waitedMillis;

    DatagramQueue(Consumer<byte[]> send, Patience patience) {
        this.send = send;
        this.patience = patience;
    }

    /** Takes a datagram; returns at once. */
    void offer(byte[] datagram) {
        if (datagram.length <= RECEIVE_LIMIT_BYTES) {
            received.offer(datagram);
        }
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
            datagram = blocking ? await(waitMillis) : received.poll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The handshake was interrupted");
        }
        if (closed) {
            throw new IOException("The session is over");
        }
        if (datagram == null) {
            if (!blocking) {
                // "Nothing" would be asked again and again for the rest of the time to wait.
                throw new InterruptedIOException("Nothing more has come");
            }
            return -1;
        }
        int size = Math.min(length, datagram.length);
        System.arraycopy(datagram, 0, buffer, offset, size);
        return size;
    }

    /** In slices, since others may come to wait for this thread meanwhile. */
    private byte @Nullable [] await(int waitMillis) throws InterruptedException, IOException {
        int left = waitMillis;
        do {
            int slice = Math.min(left, SLICE_MILLIS);
            byte[] datagram = received.poll(slice, TimeUnit.MILLISECONDS);
            if (datagram != null) {
                silentMillis = 0;
                return datagram;
            }
            left -= slice;
            silentMillis += slice;
            waitedMillis += slice;
            if (patience.isOver(silentMillis, waitedMillis)) {
                throw new IOException("it was too slow while others were waiting");
            }
        } while (left > 0);
        return null;
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
        send.accept(Arrays.copyOfRange(buffer, offset, offset + length));
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
