package dev.oriel.egress.passthrough.net;

import dev.oriel.protocol.ice.DatagramKind;
import dev.oriel.protocol.ice.Path;
import dev.oriel.protocol.ice.TcpFraming;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection to the {@link TcpPort}. Confined to the port's thread. */
final class TcpConnection extends SimpleChannelInboundHandler<ByteBuf> {

    /** What a connection tells. */
    interface Events {

        /** An array for the moment, which all connections share. */
        byte[] scratch();

        void received(Path path, byte[] bytes, int length);

        /** So many bytes more wait to be sent; or fewer, when it is negative. */
        void queued(int bytes);

        /** Once, as the last. */
        void closed(Path path);
    }

    private static final Logger LOG = LoggerFactory.getLogger(TcpConnection.class);

    /** Packets go to the system by that much. */
    private static final int CHUNK_BYTES = 16 * 1024;

    /** What waits at most, with what is let through beyond the channel's own mark. */
    private static final int MOST_BYTES = TcpPort.QUEUE_BYTES + 64 * 1024;

    private final Path path;
    private final Channel channel;
    private final Events events;
    private final TcpFraming framing = new TcpFraming();
    private final byte[] read = new byte[TcpFraming.MAX_BYTES];
    private final ScheduledFuture<?> deadline;
    private @Nullable ByteBuf pending;
    private int waitingBytes;

    TcpConnection(Path path, Channel channel, long strangerMillis, Events events) {
        this.path = path;
        this.channel = channel;
        this.events = events;
        this.deadline = channel.eventLoop().schedule(this::close, strangerMillis, TimeUnit.MILLISECONDS);
    }

    /** Writes a datagram without sending it yet; false if there is no room. */
    boolean write(byte[] bytes, int length) {
        if (!channel.isWritable() && !isLetThrough(bytes, length)) {
            return false;
        }
        ByteBuf open = pending;
        if (open != null && open.writableBytes() < TcpFraming.HEADER_BYTES + length) {
            pass();
            open = null;
        }
        if (open == null) {
            open = channel.alloc().directBuffer(CHUNK_BYTES);
            pending = open;
        }
        open.writeShort(length).writeBytes(bytes, 0, length);
        return true;
    }

    /** A viewer that is too slow for the picture is not yet gone: checks and their answers get through, within a bound. */
    private boolean isLetThrough(byte[] bytes, int length) {
        return waitingBytes < MOST_BYTES && DatagramKind.of(bytes, 0, length) == DatagramKind.STUN;
    }

    void flush() {
        pass();
        channel.flush();
    }

    /** It has become a viewer's, and stays until the viewer goes. */
    void adopt() {
        deadline.cancel(false);
    }

    void close() {
        channel.close();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf in) {
        while (in.isReadable() && channel.isActive()) {
            int part = Math.min(in.readableBytes(), read.length);
            in.readBytes(read, 0, part);
            if (!framing.receive(read, 0, part, events.scratch(), (b, length) -> events.received(path, b, length))) {
                LOG.debug("What comes over TCP from {} is not for us", path.remote());
                close();
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        deadline.cancel(false);
        ByteBuf open = pending;
        if (open != null) {
            pending = null;
            open.release();
        }
        events.closed(path);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("The connection from {} ends: {}", path.remote(), cause.toString());
        close();
    }

    private void queued(int bytes) {
        waitingBytes += bytes;
        events.queued(bytes);
    }

    private void pass() {
        ByteBuf open = pending;
        if (open != null) {
            pending = null;
            int bytes = open.readableBytes();
            queued(bytes);
            channel.write(open).addListener(written -> queued(-bytes));
        }
    }
}
