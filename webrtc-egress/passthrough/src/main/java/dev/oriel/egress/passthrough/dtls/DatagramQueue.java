package dev.oriel.egress.passthrough.dtls;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bouncycastle.tls.DatagramTransport;
import org.jspecify.annotations.Nullable;

/**
 * Datagrams on their way from the socket's thread into Bouncy Castle's blocking calls; what does not fit is lost, as on a network.
 *
 * <p>While a handshake waits, what it sent last is sent again, over and over: Bouncy Castle itself does so after pauses that double,
 * and where a third of all datagrams is lost they add up to more than anybody waits.
 */
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
    private static final int AGAIN_MILLIS = 400;
    private static final int MAX_ANSWERS = 32;
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int HANDSHAKE = 22;
    private static final byte[] CLOSED = new byte[0];

    private final BlockingQueue<byte[]> received = new ArrayBlockingQueue<>(CAPACITY);
    private final Consumer<byte[]> send;
    private final Patience patience;
    private volatile boolean blocking = true;
    private volatile boolean closed;
    /** Only of the one thread that receives. */
    private int silentMillis;

    private int waitedMillis;
    private Optional<KeyChange> keyChange = Optional.empty();
    private final Flight flight = new Flight();
    private int unansweredMillis;
    private int answers;

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

    /** Reads what a client sends, which is told from what a server does by this alone. */
    DatagramQueue ofClient() {
        keyChange = Optional.of(new KeyChange());
        return this;
    }

    boolean isEmpty() {
        return received.isEmpty();
    }

    /** From now on {@link #receive} never waits; called by the thread that has received so far. */
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
        byte[] datagram = next(waitMillis);
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
        if (!blocking) {
            answerLateHandshake(datagram);
        }
        int readable = keyChange.map(k -> k.readable(datagram)).orElse(datagram.length);
        int size = Math.min(length, readable);
        System.arraycopy(datagram, 0, buffer, offset, size);
        return size;
    }

    private byte @Nullable [] next(int waitMillis) throws IOException {
        try {
            return blocking ? await(waitMillis) : received.poll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The handshake was interrupted");
        }
    }

    /** Whoever still shakes hands when we are done has not got the last of what we said. */
    private void answerLateHandshake(byte[] datagram) {
        boolean isHandshake = datagram.length > 0 && (datagram[0] == HANDSHAKE || datagram[0] == CHANGE_CIPHER_SPEC);
        if (isHandshake && answers < MAX_ANSWERS) {
            answers++;
            flight.again().forEach(send);
        }
    }

    /** In slices, since others may come to wait for this thread meanwhile. */
    private byte @Nullable [] await(int waitMillis) throws InterruptedException, IOException {
        int left = waitMillis;
        flight.end();
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
            unansweredMillis += slice;
            if (unansweredMillis >= AGAIN_MILLIS) {
                unansweredMillis = 0;
                flight.again().forEach(send);
            }
            if (patience.isOver(silentMillis, waitedMillis)) {
                throw new IOException("it was too slow while others were waiting");
            }
        } while (left > 0);
        return null;
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
        byte[] datagram = Arrays.copyOfRange(buffer, offset, offset + length);
        if (blocking) {
            unansweredMillis = 0;
            flight.add(datagram);
        } else {
            flight.number(datagram);
        }
        send.accept(datagram);
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
