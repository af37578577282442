package dev.oriel.ingest.rtsp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The UDP ports of one session, a pair for each track. Only what comes from the camera's address is told, or from another one
 * that it has named for a track.
 *
 * <p>Confined to the session's event loop. Whoever makes it closes it.
 */
final class DatagramPorts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DatagramPorts.class);

    /** A keyframe of a 4K camera, many times over: what comes while the loop is busy elsewhere must fit. */
    private static final int RECEIVE_BUFFER_BYTES = 2 * 1024 * 1024;

    private static final int MAX_DATAGRAM_BYTES = 65_535;
    private static final int DATAGRAMS_PER_READ = 64;
    private static final int ATTEMPTS = 32;
    private static final AtomicBoolean TOLD_SMALL_BUFFER = new AtomicBoolean();

    /** Takes what comes. */
    interface Receiver {

        /** A datagram of the camera, in bytes that never change again. */
        void datagram(int line, boolean control, int fromPort, byte[] bytes, int offset, int length);
    }

    private record Pair(int line, NioDatagramChannel rtp, NioDatagramChannel rtcp) {}

    private final EventLoop loop;
    private final InetAddress local;
    private final InetAddress camera;
    private final Peer cameraAlone;
    private final Receiver receiver;
    private final Slab slab = new Slab();
    private final List<Pair> pairs = new ArrayList<>();
    private final Map<Integer, Peer> peers = new HashMap<>();

    /** Where the datagrams of a track come from: the camera, or where it says; once one was heard, that one. */
    private record Peer(List<InetAddress> addresses, boolean heard) {}

    /**
     * No ports yet.
     *
     * @param local our end of the connection to the camera
     * @param camera the other end
     */
    DatagramPorts(EventLoop loop, InetAddress local, InetAddress camera, Receiver receiver) {
        this.loop = loop;
        this.local = local;
        this.camera = camera;
        this.cameraAlone = new Peer(List.of(camera), true);
        this.receiver = receiver;
    }

    /**
     * Binds a pair next to each other, the first even; answers the first.
     *
     * @throws IOException if no such pair is free
     */
    int bind(int line) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            DatagramChannel first = open(local, 0);
            int port = ((InetSocketAddress) first.getLocalAddress()).getPort();
            boolean even = port % 2 == 0;
            Optional<DatagramChannel> second = openOrNot(even ? port + 1 : port - 1);
            if (second.isPresent()) {
                pairs.add(
                        even
                                ? new Pair(line, register(line, false, first), register(line, true, second.get()))
                                : new Pair(line, register(line, false, second.get()), register(line, true, first)));
                return even ? port : port - 1;
            }
            first.close();
        }
        throw new IOException("no pair of ports is free");
    }

    /**
     * Joins a group on the interface that leads to the camera, where it can be for the camera's datagrams alone.
     *
     * @throws IOException if that cannot be done
     */
    void join(int line, InetAddress group, int rtpPort, int rtcpPort) throws IOException {
        NetworkInterface way = NetworkInterface.getByInetAddress(local);
        if (!group.isMulticastAddress() || way == null) {
            throw new IOException("there is no way to this group");
        }
        DatagramChannel first = joined(group, rtpPort, way, peer(line).addresses());
        try {
            DatagramChannel second = joined(group, rtcpPort, way, peer(line).addresses());
            pairs.add(new Pair(line, register(line, false, first), register(line, true, second)));
        } catch (IOException e) {
            first.close();
            throw e;
        }
    }

    /** Takes a track's datagrams from another address, too, if that is of the same class as the camera's. */
    void acceptFrom(int line, InetAddress source) {
        boolean sameKind = camera instanceof Inet4Address == source instanceof Inet4Address;
        if (!source.equals(camera) && sameKind && AddressClass.maySend(camera, source)) {
            peers.put(line, new Peer(List.of(camera, source), false));
        }
    }

    private Peer peer(int line) {
        return peers.getOrDefault(line, cameraAlone);
    }

    /** Sends a datagram to the camera. */
    void send(int line, boolean control, int port, ByteBuffer bytes) {
        for (Pair pair : pairs) {
            if (pair.line() == line) {
                NioDatagramChannel from = control ? pair.rtcp() : pair.rtp();
                // What cannot be sent is lost on the way, as datagrams may be.
                for (InetAddress to : peer(line).addresses()) {
                    from.writeAndFlush(
                            new DatagramPacket(
                                    Unpooled.wrappedBuffer(bytes.duplicate()), new InetSocketAddress(to, port)),
                            from.voidPromise());
                }
            }
        }
    }

    @Override
    public void close() {
        for (Pair pair : pairs) {
            pair.rtp().close();
            pair.rtcp().close();
        }
        pairs.clear();
        peers.clear();
    }

    private Optional<DatagramChannel> openOrNot(int port) {
        try {
            return Optional.of(open(local, port));
        } catch (IOException e) {
            // Taken by somebody; another pair will do.
            return Optional.empty();
        }
    }

    private DatagramChannel open(InetAddress at, int port) throws IOException {
        DatagramChannel channel = DatagramChannel.open(family());
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
            int granted = channel.getOption(StandardSocketOptions.SO_RCVBUF);
            if (granted < RECEIVE_BUFFER_BYTES && TOLD_SMALL_BUFFER.compareAndSet(false, true)) {
                LOG.warn(
                        "The system gives {} bytes of receive buffer to a camera's datagrams instead of {}; pictures may"
                                + " break under load. On Linux: sysctl -w net.core.rmem_max={}",
                        granted,
                        RECEIVE_BUFFER_BYTES,
                        RECEIVE_BUFFER_BYTES);
            }
            channel.bind(new InetSocketAddress(at, port));
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private DatagramChannel joined(InetAddress group, int port, NetworkInterface way, List<InetAddress> from)
            throws IOException {
        DatagramChannel channel = DatagramChannel.open(family());
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
            // Several cameras may send to one group; they are told apart by their addresses.
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            try {
                // Bound to the group, so that another group on the same port stays out; not all systems can.
                channel.bind(new InetSocketAddress(group, port));
            } catch (IOException e) {
                channel.bind(new InetSocketAddress(port));
            }
            try {
                for (InetAddress source : from) {
                    channel.join(group, way, source);
                }
            } catch (UnsupportedOperationException e) {
                channel.join(group, way);
            }
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e instanceof IOException io ? io : new IOException(e);
        }
    }

    private ProtocolFamily family() {
        return camera instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
    }

    private NioDatagramChannel register(int line, boolean control, DatagramChannel socket) {
        NioDatagramChannel channel = new NioDatagramChannel(socket);
        channel.config()
                .setOption(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(MAX_DATAGRAM_BYTES).maxMessagesPerRead(DATAGRAMS_PER_READ));
        channel.pipeline().addLast(new Inbound(line, control));
        loop.register(channel);
        return channel;
    }

    /** What comes to one port. */
    private final class Inbound extends SimpleChannelInboundHandler<DatagramPacket> {
        private final int line;
        private final boolean control;

        Inbound(int line, boolean control) {
            this.line = line;
            this.control = control;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            ByteBuf content = packet.content();
            int length = content.readableBytes();
            InetAddress sender = packet.sender().getAddress();
            Peer peer = peer(line);
            if (length > 0 && peer.addresses().contains(sender)) {
                if (!peer.heard()) {
                    peers.put(line, new Peer(List.of(sender), true));
                }
                int offset = slab.take(content);
                receiver.datagram(line, control, packet.sender().getPort(), slab.bytes(), offset, length);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // "Port unreachable", told by ICMP: the camera's port is not open, or not yet.
            LOG.debug("A datagram port of a camera: {}", cause.toString());
        }
    }
}
