package dev.oriel.ingest.rtsp;

import dev.oriel.api.camera.CameraOptions;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.failure.RelayException;
import dev.oriel.api.media.EndReason;
import dev.oriel.api.media.IngestSession;
import dev.oriel.api.media.MediaSink;
import dev.oriel.api.time.Ticker;
import dev.oriel.protocol.rtp.MediaFormat;
import dev.oriel.protocol.rtp.MediaReceiver;
import dev.oriel.protocol.rtsp.client.RtspAction;
import dev.oriel.protocol.rtsp.client.RtspClientMachine;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open camera: a socket, the machine that speaks over it, and the receiver of its media.
 *
 * <p>Confined to its event loop, but for {@link #start}, {@link #end} and {@link #close}, which may be called anywhere. The
 * sink is called on the loop, and has got its end when {@code onGone} is told.
 */
final class RtspSession implements IngestSession {

    private static final Logger LOG = LoggerFactory.getLogger(RtspSession.class);
    private static final String USER_AGENT = "Oriel";
    private static final EndReason OWN_FAULT = new EndReason.Closed("This server failed while it handled the media.");

    private final EventLoop loop;
    private final Ticker ticker;
    private final SourceLocation location;
    private final MediaSink sink;
    private final Consumer<RtspSession> onGone;
    private final Connecting way;
    private final RtspClientMachine machine;
    private final Feed feed = new Feed();

    private @Nullable Channel channel;
    private @Nullable Future<?> timer;
    private long timerNanos;
    private boolean ended;

    RtspSession(
            IngestThreads threads,
            Ticker ticker,
            SourceLocation location,
            CameraOptions options,
            MediaSink sink,
            Consumer<RtspSession> onGone) {
        this.loop = threads.loop();
        this.ticker = ticker;
        this.location = location;
        this.sink = sink;
        this.onGone = onGone;
        this.way = new Connecting(
                loop, threads, ticker, location, options, new Inbound(), this::connected, this::connectFailed);
        this.machine = new RtspClientMachine(location, options, USER_AGENT, threads.random(), ticker.nanos());
    }

    /** Begins to connect. */
    void start() {
        loop.execute(() -> {
            perform();
            way.start();
        });
    }

    /** Ends the session with a reason, if it has not ended. */
    void end(EndReason reason) {
        try {
            loop.execute(() -> {
                machine.close(reason);
                perform();
            });
        } catch (RejectedExecutionException e) {
            // The engine was stopped, and has ended this session before.
            LOG.debug("A camera was closed after its engine");
        }
    }

    @Override
    public void close() {
        end(EndReason.CLOSED);
    }

    private void connected(Channel made) {
        if (ended) {
            made.close();
            return;
        }
        channel = made;
        machine.connected(ticker.nanos());
        perform();
    }

    private void connectFailed(RelayException why) {
        machine.close(new EndReason.Failed(why));
        perform();
    }

    /** Does what the machine wants done, and sees to it that it is woken in time. */
    private void perform() {
        for (RtspAction action = machine.poll(); action != null; action = machine.poll()) {
            if (action instanceof RtspAction.Send send && channel != null) {
                channel.writeAndFlush(Unpooled.wrappedBuffer(send.bytes()));
            } else if (action instanceof RtspAction.End end) {
                finish(end.reason());
            }
        }
        setTimer(machine.deadlineNanos());
    }

    private void finish(EndReason reason) {
        if (ended) {
            return;
        }
        ended = true;
        way.cancel();
        if (channel != null) {
            channel.close();
        }
        if (reason instanceof EndReason.Failed failed) {
            LOG.info("{}", failed.sentence());
        }
        try {
            sink.onEnd(reason);
        } catch (RuntimeException e) {
            LOG.warn("A sink failed when it was told the end of {}", RtspClientMachine.nameOf(location), e);
        }
        onGone.accept(this);
    }

    /** A timer that rings too early does no harm, so it is set anew only to ring earlier. */
    private void setTimer(OptionalLong deadline) {
        boolean none = deadline.isEmpty();
        if (timer != null && (none || deadline.getAsLong() - timerNanos < 0)) {
            timer.cancel(false);
            timer = null;
        }
        if (timer == null && !none && !loop.isShuttingDown()) {
            timerNanos = deadline.getAsLong();
            long delay = Math.max(timerNanos - ticker.nanos(), 0);
            timer = loop.schedule(this::wake, delay, TimeUnit.NANOSECONDS);
        }
    }

    private void wake() {
        timer = null;
        machine.wake(ticker.nanos());
        perform();
    }

    /** What comes over the socket. */
    private final class Inbound extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            try {
                feed.now = ticker.nanos();
                machine.receive(feed.now, bytes.nioBuffer(), feed);
            } catch (RuntimeException e) {
                LOG.warn("The media of {} could not be handled", RtspClientMachine.nameOf(location), e);
                machine.close(OWN_FAULT);
            } finally {
                bytes.release();
            }
            perform();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (context.channel() == channel) {
                machine.disconnected(ticker.nanos());
                perform();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    /** The way of the media from the machine to the sink. */
    private final class Feed implements RtspClientMachine.Media {
        private long now;
        private @Nullable MediaReceiver receiver;

        @Override
        public void begin(List<MediaFormat> offered, List<MediaFormat> selected) {
            receiver = new MediaReceiver(offered, selected, sink);
            receiver.begin();
        }

        @Override
        public void rtp(int line, byte[] bytes, int offset, int length) {
            if (receiver != null) {
                receiver.rtp(now, line, bytes, offset, length);
            }
        }

        @Override
        public void rtcp(int line, byte[] bytes, int offset, int length) {
            if (receiver != null) {
                receiver.rtcp(line, bytes, offset, length);
            }
        }
    }
}
