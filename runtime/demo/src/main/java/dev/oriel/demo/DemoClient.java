package dev.oriel.demo;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: carries bytes between a socket and its {@link Conversation}. A client that takes so little that more than
 * {@value #MAX_WAITING_BYTES} bytes wait for it is left. Confined to the server's thread.
 */
final class DemoClient {

    static final int MAX_WAITING_BYTES = 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(DemoClient.class);

    private final SocketChannel channel;
    private final SelectionKey key;
    private final Conversation conversation;
    private final Deque<ByteBuffer> waiting = new ArrayDeque<>();
    private int waitingBytes;

    private DemoClient(SocketChannel channel, SelectionKey key, Conversation conversation) {
        this.channel = channel;
        this.key = key;
        this.conversation = conversation;
    }

    /** Takes over a connection. */
    static void accept(SocketChannel channel, Selector selector, Conversation conversation) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
        key.attach(new DemoClient(channel, key, conversation));
    }

    /** The socket has something, or takes something. */
    void ready(long nowNanos, ByteBuffer buffer) {
        try {
            if (key.isReadable()) {
                int read = channel.read(buffer.clear());
                if (read < 0) {
                    close();
                    return;
                }
                conversation.receive(nowNanos, buffer.flip());
            }
            flush();
        } catch (IOException e) {
            close();
        }
    }

    /** Time has passed. */
    void wake(long nowNanos) {
        OptionalLong deadline = conversation.deadlineNanos();
        if (deadline.isEmpty() || deadline.getAsLong() - nowNanos > 0) {
            return;
        }
        try {
            conversation.wake(nowNanos);
            flush();
        } catch (IOException e) {
            close();
        }
    }

    /** When to wake it. */
    OptionalLong deadlineNanos() {
        return conversation.deadlineNanos();
    }

    void close() {
        key.cancel();
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("Closing failed: {}", e.getMessage());
        }
    }

    private void flush() throws IOException {
        for (Optional<ByteBuffer> next = conversation.poll(); next.isPresent(); next = conversation.poll()) {
            waiting.add(next.get());
            waitingBytes += next.get().remaining();
        }
        while (!waiting.isEmpty()) {
            ByteBuffer first = waiting.getFirst();
            waitingBytes -= channel.write(first);
            if (first.hasRemaining()) {
                break;
            }
            waiting.removeFirst();
        }
        if (waitingBytes > MAX_WAITING_BYTES || waiting.isEmpty() && conversation.isOver()) {
            close();
            return;
        }
        key.interestOps(SelectionKey.OP_READ | (waiting.isEmpty() ? 0 : SelectionKey.OP_WRITE));
    }
}
