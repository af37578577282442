package dev.oriel.egress.passthrough.net;

import dev.oriel.protocol.ice.Path;
import dev.oriel.protocol.ice.TcpFraming;
import dev.oriel.protocol.ice.Transport;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TCP port of the same number and on the same addresses as the {@link UdpPort}, for viewers that cannot send UDP (RFC 6544).
 * They connect to it; each datagram travels behind its length (RFC 4571). Its work is done by the UDP port's thread.
 *
 * <p>Anybody can connect. So a connection that no viewer has proved to be its own within {@link Limits#strangerMillis} is
 * closed, there are only so many of them, and what waits to be sent is bounded for each and for all: beyond that a packet is
 * dropped, as it is on UDP.
 */
public final class TcpPort implements Wire, AutoCloseable {

    /**
     * What strangers may take up.
     *
     * @param connections how many there are at most
     * @param perAddress how many of them from one address; viewers behind one router share theirs
     * @param strangerMillis how long a connection has to become a viewer's
     */
    record Limits(int connections, int perAddress, long strangerMillis) {

        static final Limits USUAL = new Limits(2048, 128, 10_000);
    }

    private static final Logger LOG = LoggerFactory.getLogger(TcpPort.class);

    /** Waits in one connection: a group of pictures on its way to a late viewer, or four seconds of a slow one's picture. */
    static final int QUEUE_BYTES = 1024 * 1024;

    private static final long QUEUE_BYTES_IN_ALL = 64L * 1024 * 1024;

    /** What the system queues behind that; it would take megabytes, and a slow viewer's picture would be late by as much. */
    private static final int SOCKET_BUFFER_BYTES = 256 * 1024;

    private static final long STOP_SECONDS = 5;

    private final EventLoop loop;
    private final Sockets sockets;
    private final UdpPort.Receiver receiver;
    private final Limits limits;
    private final Map<InetSocketAddress, Channel> acceptors = new ConcurrentHashMap<>();

    /** What follows only on the port's thread. */
    private final Map<Path, TcpConnection> connections = new HashMap<>();

    private final Map<InetAddress, Integer> perAddress = new HashMap<>();
    private final byte[] scratch = new byte[TcpFraming.MAX_BYTES];
    private long queuedBytes;

    /** Opens it wherever the UDP port is open and the number is free; there may be no such place. */
    public TcpPort(UdpPort udp, UdpPort.Receiver receiver) {
        this(udp, receiver, Limits.USUAL);
    }

    TcpPort(UdpPort udp, UdpPort.Receiver receiver, Limits limits) {
        this.loop = udp.loop();
        this.sockets = udp.kind();
        this.receiver = receiver;
        this.limits = limits;
        refresh(udp.open());
    }

    /** Opens it on these addresses and on no others; blocks for a moment. */
    public void refresh(List<InetSocketAddress> addresses) {
        for (InetSocketAddress address : addresses) {
            if (!acceptors.containsKey(address)) {
                bind(address);
            }
        }
        acceptors.forEach((address, acceptor) -> {
            if (!addresses.contains(address)) {
                acceptors.remove(address);
                acceptor.close();
            }
        });
    }

    /** Where it is open. */
    public List<InetSocketAddress> open() {
        return List.copyOf(acceptors.keySet());
    }

    @Override
    public boolean write(Path path, byte[] bytes, int length) {
        TcpConnection connection = connections.get(path);
        return connection != null && queuedBytes < QUEUE_BYTES_IN_ALL && connection.write(bytes, length);
    }

    @Override
    public void flush(Path path) {
        TcpConnection connection = connections.get(path);
        if (connection != null) {
            connection.flush();
        }
    }

    @Override
    public void adopted(Path path) {
        TcpConnection connection = connections.get(path);
        if (connection != null) {
            connection.adopt();
        }
    }

    @Override
    public void abandoned(Path path) {
        TcpConnection connection = connections.get(path);
        if (connection != null) {
            connection.flush();
            connection.close();
        }
    }

    /** Closes the port and every connection; blocks until that is done. The thread is the UDP port's and goes on. */
    @Override
    public void close() {
        List<ChannelFuture> closing = new ArrayList<>();
        acceptors.values().forEach(a -> closing.add(a.close()));
        acceptors.clear();
        closing.forEach(c -> c.awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS));
        loop.submit(() -> List.copyOf(connections.values()).forEach(TcpConnection::close))
                .awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
    }

    private void bind(InetSocketAddress address) {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loop)
                .channel(sockets.acceptor())
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_SNDBUF, SOCKET_BUFFER_BYTES)
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(QUEUE_BYTES / 2, QUEUE_BYTES))
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        accepted(channel);
                    }
                });
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (bound.isSuccess()) {
            acceptors.put(address, bound.channel());
        } else {
            LOG.debug("No TCP socket on {}: {}", address, String.valueOf(bound.cause()));
        }
    }

    private void accepted(SocketChannel channel) {
        InetSocketAddress remote = channel.remoteAddress();
        InetSocketAddress local = channel.localAddress();
        if (remote == null || local == null) {
            // It is over before it began.
            channel.close();
            return;
        }
        int siblings = perAddress.getOrDefault(remote.getAddress(), 0);
        if (connections.size() >= limits.connections() || siblings >= limits.perAddress()) {
            LOG.debug("There are too many connections to take one from {}", remote);
            channel.close();
            return;
        }
        Path path = new Path(Transport.TCP, local, remote);
        TcpConnection connection = new TcpConnection(path, channel, limits.strangerMillis(), new Events());
        connections.put(path, connection);
        perAddress.put(remote.getAddress(), siblings + 1);
        channel.pipeline().addLast(connection);
    }

    /** What connections tell. */
    private final class Events implements TcpConnection.Events {
        @Override
        public byte[] scratch() {
            return scratch;
        }

        @Override
        public void received(Path path, byte[] bytes, int length) {
            receiver.received(path, bytes, length);
        }

        @Override
        public void queued(int bytes) {
            queuedBytes += bytes;
        }

        @Override
        public void closed(Path path) {
            if (connections.remove(path) != null) {
                perAddress.computeIfPresent(path.remote().getAddress(), (a, n) -> n == 1 ? null : n - 1);
                receiver.closed(path);
            }
        }
    }
}
