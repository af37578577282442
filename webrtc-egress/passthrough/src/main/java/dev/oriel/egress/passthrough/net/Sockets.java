package dev.oriel.egress.passthrough.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A kind of sockets, and the loop that reads and writes them.
 *
 * @param name for people
 * @param channel for UDP
 * @param acceptor for TCP
 * @param connector for TCP
 * @param segmentation how several datagrams leave in one system call; absent where each needs one of its own
 */
record Sockets(
        String name,
        IoHandlerFactory loop,
        Class<? extends DatagramChannel> channel,
        Class<? extends ServerSocketChannel> acceptor,
        Class<? extends SocketChannel> connector,
        Optional<Segmentation> segmentation) {

    /** What is longer is not taken whole; nobody who speaks WebRTC sends that. */
    static final int MAX_DATAGRAM_BYTES = 2048;

    private static final int SOCKET_BUFFER_BYTES = 4 * 1024 * 1024;
    private static final int QUEUE_BYTES = 8 * 1024 * 1024;
    private static final Logger LOG = LoggerFactory.getLogger(Sockets.class);

    /** Makes one packet of several datagrams to one destination, all of one size but for the last, which may be shorter. */
    @FunctionalInterface
    interface Segmentation {
        DatagramPacket packet(ByteBuf datagrams, int segmentBytes, InetSocketAddress to);
    }

    /** Makes sockets for datagrams on a loop, with buffers for many viewers; who makes one adds what takes the datagrams. */
    Bootstrap datagrams(EventLoop on) {
        return new Bootstrap()
                .group(on)
                .channel(channel)
                .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER_BYTES)
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(QUEUE_BYTES / 2, QUEUE_BYTES))
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_DATAGRAM_BYTES));
    }

    /** Java's own, which are everywhere. */
    static Sockets java() {
        return new Sockets(
                "Java",
                NioIoHandler.newFactory(),
                NioDatagramChannel.class,
                NioServerSocketChannel.class,
                NioSocketChannel.class,
                Optional.empty());
    }

    /** The system's, where there is a part that knows them; else Java's. */
    static Sockets best() {
        try {
            return EpollSockets.find().orElseGet(Sockets::java);
        } catch (LinkageError e) {
            LOG.debug("There is nothing that knows the system's own sockets: {}", e.toString());
            return java();
        }
    }
}
