package dev.oriel.benchmarks.camera;

import dev.oriel.benchmarks.machine.Machine;
import dev.oriel.protocol.rtsp.RtspSyntaxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * All cameras behind one port, on one thread: {@code /g4/cam7} is the one with number 7 and a keyframe every four seconds. Media
 * goes over the RTSP connection. Closing it ends the connections and the thread.
 */
public final class CameraServer implements AutoCloseable {

    private static final long STOP_MILLIS = 5_000;
    private static final int SEND_BUFFER_BYTES = 1024 * 1024;

    private final Selector selector;
    private final ServerSocketChannel listener;
    private final int port;
    private final long startNanos = Machine.nanos();
    private final long unixMinusMonotonicNanos = Machine.unixMillis() * 1_000_000L - Machine.nanos();
    private final ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);
    private final Thread thread;
    private volatile boolean closed;

    private CameraServer(Selector selector, ServerSocketChannel listener) throws IOException {
        this.selector = selector;
        this.listener = listener;
        this.port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
        this.thread = Machine.thread("bench-camera", this::run);
    }

    /** Starts it on a free port of the loopback address. */
    public static CameraServer start() throws IOException {
        Selector selector = Selector.open();
        ServerSocketChannel listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
        CameraServer server = new CameraServer(selector, listener);
        server.thread.start();
        return server;
    }

    /** Where a camera is. */
    public String url(int groupSeconds, int camera) {
        return "rtsp://127.0.0.1:" + port + "/g" + groupSeconds + "/cam" + camera;
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closed) {
                select();
                long now = Machine.nanos();
                for (SelectionKey key : selector.selectedKeys()) {
                    if (key.isValid() && key.isAcceptable()) {
                        accept();
                    } else if (key.isValid() && key.isReadable()) {
                        read(key, now);
                    }
                }
                selector.selectedKeys().clear();
                for (SelectionKey key : selector.keys()) {
                    if (key.isValid() && key.attachment() instanceof CameraClient client) {
                        client.wake(Machine.nanos());
                        write(key, client);
                    }
                }
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The camera fails", e);
        }
    }

    private void select() throws IOException {
        long nearest = Long.MAX_VALUE;
        long now = Machine.nanos();
        for (SelectionKey key : selector.keys()) {
            if (key.isValid() && key.attachment() instanceof CameraClient client) {
                nearest = Math.min(nearest, client.deadlineNanos().orElse(now + Long.MAX_VALUE / 2) - now);
            }
        }
        if (nearest <= 0) {
            selector.selectNow();
        } else {
            selector.select(Math.min(1000, TimeUnit.NANOSECONDS.toMillis(nearest) + 1));
        }
    }

    private void accept() throws IOException {
        SocketChannel channel = listener.accept();
        if (channel != null) {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER_BYTES);
            channel.register(selector, SelectionKey.OP_READ, new CameraClient(startNanos, unixMinusMonotonicNanos));
        }
    }

    private void read(SelectionKey key, long now) throws IOException {
        CameraClient client = (CameraClient) key.attachment();
        buffer.clear();
        try {
            if (((SocketChannel) key.channel()).read(buffer) < 0) {
                key.channel().close();
                return;
            }
            client.receive(now, buffer.flip());
        } catch (IOException | RtspSyntaxException e) {
            key.channel().close();
        }
    }

    private static void write(SelectionKey key, CameraClient client) throws IOException {
        try {
            for (Optional<ByteBuffer> head = client.pending(); head.isPresent(); head = client.pending()) {
                client.written(((SocketChannel) key.channel()).write(head.get()));
                if (head.get().hasRemaining()) {
                    key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                    return;
                }
            }
            key.interestOps(SelectionKey.OP_READ);
            if (client.isOver()) {
                key.channel().close();
            }
        } catch (IOException e) {
            key.channel().close();
        }
    }
}
