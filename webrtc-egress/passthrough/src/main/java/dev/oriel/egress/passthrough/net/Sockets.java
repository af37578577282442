package dev.oriel.egress.passthrough.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.IoHandlerFactory;
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

    private static final Logger LOG = LoggerFactory.getLogger(Sockets.class);

    /** Makes one packet of several datagrams to one destination, all of one size but for the last, which may be shorter. */
    @FunctionalInterface
    interface Segmentation {
        DatagramPacket packet(ByteBuf datagrams, int segmentBytes, InetSocketAddress to);
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
