package dev.oriel.egress.passthrough.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A UDP socket of its own that speaks to one TURN server; what others send there is not looked at. */
final class RelayDatagrams extends SimpleChannelInboundHandler<DatagramPacket> implements RelayLink {

    private static final Logger LOG = LoggerFactory.getLogger(RelayDatagrams.class);
    private static final int MAX_TOGETHER = 16;

    private final InetSocketAddress server;
    private final Events events;
    private final byte[] bytes = new byte[Sockets.MAX_DATAGRAM_BYTES];
    private final EventLoop loop;
    private final Outbox outbox;
    private final Channel channel;
    private boolean flushIsDue;

    private RelayDatagrams(Channel channel, Sockets sockets, InetSocketAddress server, Events events) {
        this.channel = channel;
        this.loop = (EventLoop) channel.eventLoop();
        this.outbox = new Outbox(channel, sockets.segmentation());
        this.server = server;
        this.events = events;
    }

    /** Opens a socket; whoever is told of it is told on the port's thread. */
    static void open(
            EventLoop loop, Sockets sockets, InetSocketAddress server, Events events, Consumer<RelayLink> opened) {
        Bootstrap bootstrap = sockets.datagrams(loop).handler(new ChannelInboundHandlerAdapter());
        String any = server.getAddress() instanceof Inet4Address ? "0.0.0.0" : "::";
        ChannelFuture bound = bootstrap.bind(new InetSocketAddress(any, 0));
        bound.addListener(f -> {
            if (f.isSuccess()) {
                RelayDatagrams link = new RelayDatagrams(bound.channel(), sockets, server, events);
                bound.channel().pipeline().addLast(link);
                opened.accept(link);
            } else {
                LOG.debug("No socket for the TURN server", f.cause());
                events.closed("cannot be spoken to: no socket could be opened");
            }
        });
    }

    @Override
    public boolean write(byte[] message, int length) {
        return outbox.isOpen() && outbox.write(server, message, length);
    }

    @Override
    public void flush() {
        if (outbox.complete() >= MAX_TOGETHER) {
            outbox.flush();
        } else if (!flushIsDue) {
            flushIsDue = true;
            loop.execute(this::flushNow);
        }
    }

    private void flushNow() {
        flushIsDue = false;
        outbox.flush();
    }

    @Override
    public void close() {
        outbox.flush();
        outbox.release();
        channel.close();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
        int length = packet.content().readableBytes();
        if (packet.sender().equals(server) && length <= bytes.length) {
            packet.content().readBytes(bytes, 0, length);
            events.received(bytes, length);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("A datagram of the TURN server could not be taken: {}", cause.toString());
    }
}
