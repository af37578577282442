package dev.oriel.egress.passthrough.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Sends pictures of {@value #PICTURE_PACKETS} packets to sockets on the loopback address in turn. Nobody reads them: what comes
 * after their buffers are full is dropped by the kernel at the very end of its way.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SendBenchmark {

    private static final int PICTURES = 160;
    private static final int PICTURE_PACKETS = 12;
    private static final int SINKS = 16;
    private static final int PACKET_BYTES = 1228;
    private static final int LAST_BYTES = 500;
    private static final int TOGETHER = 16;
    private static final int QUEUE_BYTES = 8 * 1024 * 1024;

    /** How it is sent: many packets in a call, each in its own through the same sockets, or through Java's. */
    @Param({"segments", "epoll", "java"})
    public String way = "java";

    private final List<DatagramChannel> sinks = new ArrayList<>();
    private final List<InetSocketAddress> destinations = new ArrayList<>();
    private final byte[] bytes = new byte[PACKET_BYTES];
    private @Nullable EventLoopGroup group;
    private @Nullable Channel channel;
    private @Nullable Outbox outbox;

    /** Opens the sockets. */
    @Setup(Level.Trial)
    public void open() throws IOException {
        Sockets sockets = way.equals("java") ? Sockets.java() : Sockets.best();
        if (!way.equals("java") && sockets.segmentation().isEmpty()) {
            throw new IOException("There is no segmentation offload on this machine");
        }
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        for (int i = 0; i < SINKS; i++) {
            DatagramChannel sink = DatagramChannel.open().bind(new InetSocketAddress(loopback, 0));
            sinks.add(sink);
            destinations.add((InetSocketAddress) sink.getLocalAddress());
        }
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, sockets.loop());
        group = loops;
        Channel opened = new Bootstrap()
                .group(loops)
                .channel(sockets.channel())
                .option(ChannelOption.SO_SNDBUF, 4 * 1024 * 1024)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(QUEUE_BYTES / 2, QUEUE_BYTES))
                .handler(new ChannelInboundHandlerAdapter())
                .bind(new InetSocketAddress(loopback, 0))
                .syncUninterruptibly()
                .channel();
        channel = opened;
        outbox = new Outbox(opened, way.equals("segments") ? sockets.segmentation() : Optional.empty());
    }

    /** Closes them. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        if (group != null) {
            group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        }
        for (DatagramChannel sink : sinks) {
            sink.close();
        }
    }

    /** Ten pictures for each sink; the figure is for one packet. */
    @Benchmark
    @OperationsPerInvocation(PICTURES * PICTURE_PACKETS)
    public int send() throws Exception {
        if (channel == null) {
            throw new IllegalStateException("It is not open");
        }
        return channel.eventLoop().submit(this::pictures).get(10, TimeUnit.SECONDS);
    }

    private int pictures() {
        Outbox open = java.util.Objects.requireNonNull(outbox);
        int written = 0;
        for (int i = 0; i < PICTURES; i++) {
            for (int n = 1; n <= PICTURE_PACKETS; n++) {
                int length = n == PICTURE_PACKETS ? LAST_BYTES : PACKET_BYTES;
                if (!open.write(destinations.get(i % SINKS), bytes, length)) {
                    throw new IllegalStateException("There is no room for packet " + written);
                }
                written++;
            }
            if (open.complete() >= TOGETHER) {
                open.flush();
            }
        }
        open.flush();
        return written;
    }
}
