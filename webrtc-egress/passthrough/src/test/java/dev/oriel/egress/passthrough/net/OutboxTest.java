package dev.oriel.egress.passthrough.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private static final InetSocketAddress ONE = new InetSocketAddress("127.0.0.1", 1);
    private static final InetSocketAddress OTHER = new InetSocketAddress("127.0.0.1", 2);

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Outbox outbox = new Outbox(channel, Optional.of(Segmented::new));

    /** Several datagrams in one, as the system would take them. */
    private static final class Segmented extends DatagramPacket {
        private final int segmentBytes;

        Segmented(ByteBuf datagrams, int segmentBytes, InetSocketAddress to) {
            super(datagrams, to);
            this.segmentBytes = segmentBytes;
        }
    }

    @AfterEach
    void end() {
        channel.finishAndReleaseAll();
    }

    private void write(InetSocketAddress to, int... lengths) {
        for (int length : lengths) {
            assertTrue(outbox.write(to, new byte[length], length));
        }
    }

    /** What was sent since this was last asked: the port, the bytes in all, and the bytes of a segment where there are some. */
    private List<String> sent() {
        List<String> all = new ArrayList<>();
        for (DatagramPacket packet = channel.readOutbound(); packet != null; packet = channel.readOutbound()) {
            all.add(packet.recipient().getPort() + ": " + packet.content().readableBytes()
                    + (packet instanceof Segmented s ? "/" + s.segmentBytes : ""));
            packet.release();
        }
        return all;
    }

    @Test
    void write_onePicture_leavesInOne() {
        write(ONE, 1200, 1200, 1200, 300);
        assertEquals(List.of(), sent());
        assertEquals(1, outbox.complete());
        outbox.flush();

        assertEquals(List.of("1: 3900/1200"), sent());
    }

    @Test
    void write_otherSizesOrDestinations_beginAnew() {
        write(ONE, 40, 1200, 1200, 300, 300, 500);
        write(OTHER, 500);
        write(ONE, 500);
        outbox.flush();

        assertEquals(List.of("1: 40", "1: 2700/1200", "1: 300", "1: 500", "2: 500", "1: 500"), sent());
    }

    @Test
    void write_more_thanTheSystemTakes_isSplit() {
        for (int i = 0; i < 100; i++) {
            write(ONE, 100);
        }
        for (int i = 0; i < 30; i++) {
            write(ONE, 1200);
        }
        outbox.flush();

        assertEquals(List.of("1: 6400/100", "1: 3600/100", "1: 32400/1200", "1: 3600/1200"), sent());
    }

    @Test
    void refused_together_leaveOneByOneFromThenOn() {
        channel.pipeline().addLast(new ChannelOutboundHandlerAdapter() {
            @Override
            public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
                if (message instanceof Segmented packet) {
                    packet.release();
                    promise.setFailure(new IOException("Input/output error"));
                } else {
                    context.write(message, promise);
                }
            }
        });
        write(ONE, 1200, 1200);
        outbox.flush();
        write(ONE, 1200, 1200);
        outbox.flush();

        assertEquals(List.of("1: 1200", "1: 1200"), sent());
    }

    @Test
    void release_whatWasNotSent_isFreed() {
        write(ONE, 10);

        outbox.release();
        outbox.flush();

        assertEquals(List.of(), sent());
    }
}
