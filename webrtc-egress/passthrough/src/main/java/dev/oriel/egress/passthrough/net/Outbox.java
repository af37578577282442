package dev.oriel.egress.passthrough.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sending side of one socket. Datagrams that follow each other to one destination and have one size leave in one system
 * call, where that is possible: the kernel's way through the network, not the copying, is what sending costs.
 *
 * <p>Confined to the socket's thread.
 */
final class Outbox {

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    /** What the kernel takes at once (UDP_MAX_SEGMENTS), and what the allocator keeps at hand. */
    private static final int MAX_SEGMENTS = 64;

    private static final int MAX_BYTES = 32 * 1024;

    private final Channel channel;
    private final ChannelFutureListener sent = this::sent;
    private Optional<Sockets.Segmentation> segmentation;

    private @Nullable ByteBuf pending;
    private InetSocketAddress to = new InetSocketAddress(0);
    private int segmentBytes;
    private int segments;
    private boolean complete;
    private int waiting;

    Outbox(Channel channel, Optional<Sockets.Segmentation> segmentation) {
        this.channel = channel;
        this.segmentation = segmentation;
    }

    /** Writes a datagram, without sending it yet; false if there is no room. */
    boolean write(InetSocketAddress destination, byte[] bytes, int length) {
        if (!channel.isWritable()) {
            return false;
        }
        if (segmentation.isEmpty()) {
            ByteBuf datagram = channel.alloc().directBuffer(length).writeBytes(bytes, 0, length);
            channel.write(new DatagramPacket(datagram, destination), channel.voidPromise());
            waiting++;
            return true;
        }
        ByteBuf open = pending;
        if (open == null || !joins(open, destination, length)) {
            close();
            open = channel.alloc().directBuffer(MAX_BYTES);
            pending = open;
            to = destination;
            segmentBytes = length;
            segments = 0;
            complete = false;
        }
        open.writeBytes(bytes, 0, length);
        segments++;
        complete = length < segmentBytes;
        return true;
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /** Nothing is added to what was written for one destination; answers how many packets wait to be sent. */
    int complete() {
        close();
        return waiting;
    }

    /** Sends what was written. */
    void flush() {
        close();
        waiting = 0;
        channel.flush();
    }

    /** Frees what was written and not sent. */
    void release() {
        ByteBuf open = pending;
        if (open != null) {
            pending = null;
            open.release();
        }
    }

    private boolean joins(ByteBuf open, InetSocketAddress destination, int length) {
        return !complete
                && length <= segmentBytes
                && segments < MAX_SEGMENTS
                && open.readableBytes() + length <= MAX_BYTES
                && destination.equals(to);
    }

    private void close() {
        ByteBuf open = pending;
        if (open == null) {
            return;
        }
        pending = null;
        waiting++;
        if (segments == 1 || segmentation.isEmpty()) {
            channel.write(new DatagramPacket(open, to), channel.voidPromise());
        } else {
            DatagramPacket packet = segmentation.get().packet(open, segmentBytes, to);
            channel.write(packet, channel.newPromise().addListener(sent));
        }
    }

    /** Some network cards and some tunnels refuse what the kernel can do; what is lost is asked for again. */
    private void sent(ChannelFuture written) {
        if (!written.isSuccess() && channel.isActive() && segmentation.isPresent()) {
            segmentation = Optional.empty();
            LOG.info(
                    "Datagrams from {} leave one by one: together they were refused ({})",
                    channel.localAddress(),
                    String.valueOf(written.cause().getMessage()));
        }
    }
}
