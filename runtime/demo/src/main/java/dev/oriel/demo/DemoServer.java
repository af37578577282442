package dev.oriel.demo;

import dev.oriel.api.time.Ambient;
import dev.oriel.api.time.Ticker;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets of the demo camera: one port on the loopback address, one thread for all clients, which sleeps while nobody
 * plays. At most {@value #MAX_CLIENTS} clients; one more is turned away. Closing it ends the thread and all connections.
 */
final class DemoServer implements Closeable {

    static final int MAX_CLIENTS = 16;

    private static final int READ_BYTES = 16 * 1024;
    private static final long CLOSE_TIMEOUT_MILLIS = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(DemoServer.class);

    private final Selector selector;
    private final ServerSocketChannel listener;
    private final int port;
    private final NtpClock clock;
    private final Ticker ticker;
    private final RandomGenerator random;
    private final Thread thread;
    private final ByteBuffer readBuffer = ByteBuffer.allocate(READ_BYTES);
    private volatile boolean closed;

    @Ambient(reason = "the bundle's one place for its thread, wall clock and randomness")
    private DemoServer(Selector selector, ServerSocketChannel listener, Ticker ticker) throws IOException {
        this.selector = selector;
        this.listener = listener;
        this.port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
        this.ticker = ticker;
        this.clock = new NtpClock(ticker.nanos(), System.currentTimeMillis());
        this.random = new SecureRandom();
        this.thread = new Thread(this::run, "oriel-demo");
        this.thread.setDaemon(true);
    }

    /** Starts a server on a port that the system chooses. */
    static DemoServer start(Ticker ticker) throws IOException {
        Selector selector = Selector.open();
        try {
            ServerSocketChannel listener = selector.provider().openServerSocketChannel();
            try {
                listener.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
                listener.configureBlocking(false);
                listener.register(selector, SelectionKey.OP_ACCEPT);
                DemoServer server = new DemoServer(selector, listener, ticker);
                server.thread.start();
                return server;
            } catch (IOException e) {
                listener.close();
                throw e;
            }
        } catch (IOException e) {
            selector.close();
            throw e;
        }
    }

    /** Where it listens. */
    int port() {
        return port;
    }

    /** Ends all connections and waits until the thread is gone. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join(CLOSE_TIMEOUT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closed) {
                select();
                long now = ticker.nanos();
                for (SelectionKey key : selector.selectedKeys()) {
                    handle(key, now);
                }
                selector.selectedKeys().clear();
                for (DemoClient client : clients()) {
                    client.wake(now);
                }
            }
        } catch (IOException e) {
            LOG.warn("The demo camera fails: {}", e.getMessage());
        } finally {
            clients().forEach(DemoClient::close);
            close(listener);
            close(selector);
        }
    }

    private void select() throws IOException {
        OptionalLong deadline = clients().stream()
                .map(DemoClient::deadlineNanos)
                .flatMapToLong(OptionalLong::stream)
                .map(nanos -> nanos - ticker.nanos())
                .min();
        if (deadline.isEmpty()) {
            selector.select();
        } else if (deadline.getAsLong() <= 0) {
            selector.selectNow();
        } else {
            selector.select(TimeUnit.NANOSECONDS.toMillis(deadline.getAsLong()) + 1);
        }
    }

    private void handle(SelectionKey key, long now) throws IOException {
        if (!key.isValid()) {
            return;
        }
        if (key.isAcceptable()) {
            accept(now);
        } else if (key.attachment() instanceof DemoClient client) {
            client.ready(now, readBuffer);
        }
    }

    private void accept(long now) throws IOException {
        SocketChannel channel = listener.accept();
        if (channel == null) {
            return;
        }
        if (clients().size() >= MAX_CLIENTS) {
            close(channel);
            return;
        }
        try {
            DemoClient.accept(channel, selector, new Conversation(LoadedClip.CLIP, clock, random, now));
        } catch (IOException e) {
            close(channel);
        }
    }

    private List<DemoClient> clients() {
        List<DemoClient> clients = new ArrayList<>();
        for (SelectionKey key : selector.keys()) {
            if (key.isValid() && key.attachment() instanceof DemoClient client) {
                clients.add(client);
            }
        }
        return clients;
    }

    private static void close(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            LOG.debug("Closing failed: {}", e.getMessage());
        }
    }
}
