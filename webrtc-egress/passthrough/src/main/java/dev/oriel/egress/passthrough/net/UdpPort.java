package dev.oriel.egress.passthrough.net;

import dev.oriel.protocol.ice.Path;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One UDP port number for all viewers, on each of the machine's addresses a socket of its own: a socket for all addresses would
 * answer from whichever address the route prefers, and checks would fail. All of them are read and written by one thread.
 */
public final class UdpPort implements Wire, AutoCloseable {

    /** Takes what comes, on the port's thread. */
    @FunctionalInterface
    public interface Receiver {
        /** A datagram, in an array that is written to again afterwards. */
        void received(Path path, byte[] bytes, int length);

        /** Nothing comes over a path or goes over it any more: its connection is closed. */
        default void closed(Path path) {}
    }

    private static final Logger LOG = LoggerFactory.getLogger(UdpPort.class);
    private static final int ATTEMPTS = 5;
    private static final long STOP_SECONDS = 5;

    /** How many packets wait for others; more would make the first of them late. */
    private static final int MAX_TOGETHER = 16;

    private final EventLoopGroup group;
    private final EventLoop loop;
    private final Receiver receiver;
    private final Sockets sockets;
    /** Only on the port's thread. */
    private final Map<InetSocketAddress, Outbox> outboxes = new HashMap<>();

    private boolean flushIsDue;

    private final HostAddresses addresses;
    private final Map<InetSocketAddress, Channel> channels = new ConcurrentHashMap<>();
    private final Queue<Thread> owned = new ConcurrentLinkedQueue<>();
    private volatile int port;
    private volatile List<InetSocketAddress> known = List.of();

    /**
     * Opens the port.
     *
     * @param wanted 0 for any; if it is taken, any is taken too
     * @param addresses where
     * @throws SocketException if there is no address it can be opened on
     */
    public UdpPort(int wanted, HostAddresses addresses, ThreadFactory threads, Receiver receiver)
            throws SocketException {
        this(wanted, addresses, threads, receiver, Sockets.best());
    }

    UdpPort(int wanted, List<InetAddress> extra, ThreadFactory threads, Receiver receiver, Sockets sockets)
            throws SocketException {
        this(wanted, new HostAddresses(AddressRules.NONE, extra), threads, receiver, sockets);
    }

    private UdpPort(int wanted, HostAddresses addresses, ThreadFactory threads, Receiver receiver, Sockets sockets)
            throws SocketException {
        this.sockets = sockets;
        this.receiver = receiver;
        this.addresses = addresses;
        ThreadFactory owning = task -> own(threads.newThread(task));
        this.group = new MultiThreadIoEventLoopGroup(1, owning, sockets.loop());
        this.loop = group.next();
        try {
            open(wanted);
        } catch (SocketException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** The thread that reads and writes. */
    public EventLoop loop() {
        return loop;
    }

    /** The port number. */
    public int port() {
        return port;
    }

    /** Where it is open, best first. */
    public List<InetSocketAddress> open() {
        return known.stream().filter(channels::containsKey).toList();
    }

    /** Opens the port on addresses the machine has got since, and forgets those it has lost; blocks for a moment. */
    public void refresh() {
        try {
            List<InetAddress> now = addresses.find();
            for (InetAddress address : now) {
                if (!channels.containsKey(new InetSocketAddress(address, port)) && bind(address, port) == Bound.OPEN) {
                    LOG.info("UDP port {} is now open on {}, too", port, address.getHostAddress());
                }
            }
            known = now.stream().map(a -> new InetSocketAddress(a, port)).toList();
            channels.forEach((address, channel) -> {
                if (!now.contains(address.getAddress())) {
                    channels.remove(address);
                    channel.close();
                }
            });
        } catch (SocketException e) {
            LOG.debug("The machine's addresses cannot be listed", e);
        }
    }

    @Override
    public boolean write(Path path, byte[] bytes, int length) {
        Outbox outbox = outbox(path);
        return outbox != null && outbox.write(path.remote(), bytes, length);
    }

    /** Together with what else is due on the port's thread now: the system takes packets for many destinations in one call, too. */
    @Override
    public void flush(Path path) {
        Outbox outbox = outbox(path);
        if (outbox == null) {
            return;
        }
        if (outbox.complete() >= MAX_TOGETHER) {
            outbox.flush();
        } else if (!flushIsDue) {
            flushIsDue = true;
            loop.execute(this::flushAll);
        }
    }

    private void flushAll() {
        flushIsDue = false;
        outboxes.values().forEach(Outbox::flush);
    }

    /** What kind of sockets they are, for people. */
    public String sockets() {
        return sockets.name();
    }

    Sockets kind() {
        return sockets;
    }

    private @Nullable Outbox outbox(Path path) {
        Outbox known = outboxes.get(path.local());
        if (known != null && known.isOpen()) {
            return known;
        }
        Channel channel = channels.get(path.local());
        if (known != null) {
            known.release();
            outboxes.remove(path.local());
        }
        if (channel == null) {
            return null;
        }
        Outbox made = new Outbox(channel, sockets.segmentation());
        outboxes.put(path.local(), made);
        return made;
    }

    /** Closes the sockets and ends the thread; blocks until that is done. */
    @Override
    public void close() {
        channels.values().forEach(c -> c.close().awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS));
        channels.clear();
        group.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS);
        try {
            if (!group.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("The thread of the UDP port does not end");
            }
            // Netty counts a thread as ended when it has done its work, which is a little before it is gone.
            for (Thread thread : owned) {
                thread.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
            }
            // Netty tells the end of a group on a thread of its own, which goes when it has been idle for a second.
            GlobalEventExecutor.INSTANCE.awaitInactivity(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            LOG.trace("Netty's own thread has not been started", e);
        }
    }

    private Thread own(Thread thread) {
        owned.add(thread);
        return thread;
    }

    private void open(int wanted) throws SocketException {
        List<InetAddress> found = addresses.find();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            port = attempt == 0 ? wanted : 0;
            boolean taken = false;
            for (InetAddress address : found) {
                taken |= bind(address, port) == Bound.TAKEN;
            }
            if (!taken && !channels.isEmpty()) {
                known = found.stream().map(a -> new InetSocketAddress(a, port)).toList();
                return;
            }
            channels.values().forEach(Channel::close);
            channels.clear();
            if (attempt == 0 && wanted != 0) {
                LOG.warn("UDP port {} is taken; another one is used", wanted);
            }
        }
        throw new SocketException("No UDP port could be opened on " + found);
    }

    private enum Bound {
        OPEN,
        TAKEN,
        /** The address is not this machine's own. */
        FOREIGN
    }

    private Bound bind(InetAddress address, int number) {
        Bootstrap bootstrap = sockets.datagrams(loop).handler(new Reader());
        ChannelFuture bound =
                bootstrap.bind(new InetSocketAddress(address, number)).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            String cause = String.valueOf(bound.cause());
            LOG.debug("No UDP socket on {}: {}", address, cause);
            return bound.cause() instanceof BindException && cause.contains("in use") ? Bound.TAKEN : Bound.FOREIGN;
        }
        InetSocketAddress local = (InetSocketAddress) bound.channel().localAddress();
        port = local.getPort();
        channels.put(new InetSocketAddress(address, port), bound.channel());
        return Bound.OPEN;
    }

    /** Reads one socket. */
    private final class Reader extends SimpleChannelInboundHandler<DatagramPacket> {
        private final byte[] bytes = new byte[Sockets.MAX_DATAGRAM_BYTES];

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            int length = packet.content().readableBytes();
            if (length <= bytes.length) {
                packet.content().readBytes(bytes, 0, length);
                InetSocketAddress local = (InetSocketAddress) context.channel().localAddress();
                receiver.received(Path.udp(local, packet.sender()), bytes, length);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // A viewer's machine that says "port unreachable" shows as an exception here; the socket goes on.
            LOG.debug("A datagram could not be taken: {}", cause.toString());
        }
    }
}
