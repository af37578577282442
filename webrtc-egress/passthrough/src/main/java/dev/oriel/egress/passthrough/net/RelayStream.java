package dev.oriel.egress.passthrough.net;

import dev.oriel.protocol.turn.TurnFraming;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A TCP connection to a TURN server, encrypted or not. */
final class RelayStream extends SimpleChannelInboundHandler<ByteBuf> implements RelayLink {

    private static final Logger LOG = LoggerFactory.getLogger(RelayStream.class);
    private static final int CONNECT_MILLIS = 5000;

    /** All viewers behind the server share it; what does not fit is dropped, as on UDP. */
    private static final int QUEUE_BYTES = 4 * 1024 * 1024;

    private static final int CHUNK_BYTES = 16 * 1024;

    private final Channel channel;
    private final Events events;
    private final Consumer<RelayLink> opened;
    private final boolean isEncrypted;
    private final TurnFraming framing = new TurnFraming();
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private boolean isOver;

    private RelayStream(Channel channel, boolean isEncrypted, Events events, Consumer<RelayLink> opened) {
        this.channel = channel;
        this.isEncrypted = isEncrypted;
        this.events = events;
        this.opened = opened;
    }

    /** Connects; whoever is told of it is told on the port's thread. */
    static void open(
            EventLoop loop,
            Sockets sockets,
            InetSocketAddress server,
            Optional<SslHandler> encryption,
            Events events,
            Consumer<RelayLink> opened) {
        new Bootstrap()
                .group(loop)
                .channel(sockets.connector())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(QUEUE_BYTES / 2, QUEUE_BYTES))
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel made) {
                        encryption.ifPresent(made.pipeline()::addLast);
                        made.pipeline().addLast(new RelayStream(made, encryption.isPresent(), events, opened));
                    }
                })
                .connect(server)
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        LOG.debug("No connection to the TURN server", connected.cause());
                        events.closed("cannot be connected to");
                    }
                });
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (!isEncrypted) {
            opened.accept(this);
        }
        context.fireChannelActive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                opened.accept(this);
            } else {
                LOG.debug("No encryption with the TURN server", handshake.cause());
                over(RelayEncryption.reason(handshake.cause()));
            }
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public boolean write(byte[] message, int length) {
        if (isOver || !channel.isWritable()) {
            return false;
        }
        channel.write(channel.alloc().directBuffer(length).writeBytes(message, 0, length), channel.voidPromise());
        return true;
    }

    @Override
    public void flush() {
        channel.flush();
    }

    @Override
    public void close() {
        isOver = true;
        channel.flush();
        channel.close();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf in) {
        while (in.isReadable() && !isOver) {
            int count = Math.min(in.readableBytes(), CHUNK_BYTES);
            in.readBytes(chunk, 0, count);
            if (!framing.receive(chunk, 0, count, events::received)) {
                over("does not speak TURN");
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        over("has closed the connection");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("The connection to the TURN server is over: {}", cause.toString());
        over(
                cause.getCause() instanceof SSLException
                        ? RelayEncryption.reason(cause.getCause())
                        : "has closed the connection");
    }

    private void over(String sentence) {
        if (!isOver) {
            isOver = true;
            channel.close();
            events.closed(sentence);
        }
    }
}
