package dev.oriel.ingest.rtsp;

import dev.oriel.api.camera.CameraOptions;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.failure.RelayException;
import dev.oriel.api.media.EndReason;
import dev.oriel.api.media.IngestReport;
import dev.oriel.api.media.IngestSession;
import dev.oriel.api.media.MediaSink;
import dev.oriel.api.time.Ticker;
import dev.oriel.protocol.rtsp.RtspScheme;
import dev.oriel.protocol.rtsp.client.RtspAction;
import dev.oriel.protocol.rtsp.client.RtspClientMachine;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
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
    static final String USER_AGENT = "Oriel";
    private static final long GOODBYE_MILLIS = 500;
    private static final long REPORT_NANOS = 1_000_000_000L;
    private static final EndReason OWN_FAULT = new EndReason.Closed("This server failed while it handled the media.");

    private final EventLoop loop;
    private final IngestThreads threads;
    private final Ticker ticker;
    private final SourceLocation location;
    private final CameraOptions options;
    private final MediaSink sink;
    private final Consumer<RtspSession> onGone;
    private final RtspClientMachine machine;
    private final KnownWays known;
    private final MediaFeed feed;

    private Connecting way;
    private @Nullable Channel channel;
    private @Nullable DatagramPorts ports;
    private @Nullable InetAddress camera;
    private volatile IngestReport report = IngestReport.NONE;
    private long reportNanos;
    private boolean remembered;
    private @Nullable Future<?> timer;
    private long timerNanos;
    private boolean ended;

    RtspSession(
            IngestThreads threads,
            Ticker ticker,
            SourceLocation location,
            CameraOptions options,
            KnownWays known,
            MediaSink sink,
            Consumer<RtspSession> onGone) {
        this.loop = threads.loop();
        this.threads = threads;
        this.ticker = ticker;
        this.location = location;
        this.sink = sink;
        this.onGone = onGone;
        this.known = known;
        this.options = options;
        this.feed = new MediaFeed(location, sink);
        this.machine = new RtspClientMachine(
                location, options, known.of(location), USER_AGENT, threads.random(), ticker.nanos(), feed);
        this.way = wayTo(location);
    }

    /** Begins to connect. */
    void start() {
        loop.execute(() -> {
            perform();
            connect(location);
        });
    }

    @Override
    public IngestReport report() {
        return report;
    }

    private void connect(SourceLocation to) {
        way.cancel();
        way = wayTo(to);
        way.start();
    }

    private Connecting wayTo(SourceLocation to) {
        return new Connecting(loop, threads, ticker, to, options, new Inbound(), this::connected, this::connectFailed);
    }

    /** Goes where the camera sends us, or to itself once more: only to where {@link AddressClass} allows. */
    private void connectAgain(SourceLocation to) {
        leave();
        InetAddress first = camera;
        if (to.host().equalsIgnoreCase(location.host())) {
            // A certificate is for the name.
            connect(to);
            return;
        }
        try {
            threads.names().execute(() -> {
                Optional<SourceLocation> checked = first == null ? Optional.empty() : allowed(to, first);
                IngestThreads.on(loop, () -> {
                    if (checked.isPresent()) {
                        connect(checked.get());
                    } else {
                        sentAstray("sends us to an address of another kind than its own, which is not followed");
                    }
                });
            });
        } catch (RejectedExecutionException e) {
            sentAstray(IngestThreads.TOO_MANY_NAMES);
        }
    }

    /** The place by its address, so that what was checked is what is connected to. */
    private static Optional<SourceLocation> allowed(SourceLocation to, InetAddress first) {
        try {
            for (InetAddress address : InetAddress.getAllByName(to.host())) {
                if (AddressClass.maySend(first, address)) {
                    return Optional.of(new SourceLocation(
                            to.scheme(), address.getHostAddress(), to.port(), to.target(), to.credentials()));
                }
            }
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** Closes the connection behind what is still to be written, within a short time, and all ports. */
    private void leave() {
        Channel left = channel;
        channel = null;
        if (ports != null) {
            ports.close();
            ports = null;
        }
        if (left != null) {
            left.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            if (!loop.isShuttingDown()) {
                loop.schedule(() -> left.close(), GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
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
        InetAddress there = ((InetSocketAddress) made.remoteAddress()).getAddress();
        camera = there;
        ports = new DatagramPorts(loop, ((InetSocketAddress) made.localAddress()).getAddress(), there, this::datagram);
        machine.connected(ticker.nanos());
        perform();
    }

    private void sentAstray(String what) {
        machine.connectFailed(ticker.nanos(), what);
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
            } else if (action instanceof RtspAction.Connect to) {
                connectAgain(to.to());
            } else if (ports != null) {
                perform(action, ports);
            }
        }
        if (!remembered && feed.hasBegun()) {
            remembered = true;
            machine.way().ifPresent(way -> known.worked(location, way));
            report = feed.report(machine);
        } else if (ticker.nanos() - reportNanos >= REPORT_NANOS) {
            reportNanos = ticker.nanos();
            report = feed.report(machine);
        }
        setTimer(machine.deadlineNanos());
    }

    private void perform(RtspAction action, DatagramPorts on) {
        try {
            if (action instanceof RtspAction.BindPorts bind) {
                machine.portsBound(ticker.nanos(), bind.line(), on.bind(bind.line()));
            } else if (action instanceof RtspAction.SendDatagram send) {
                on.send(send.line(), send.control(), send.port(), send.bytes());
            } else if (action instanceof RtspAction.JoinGroup join) {
                InetAddress group = AddressClass.parse(join.group()).orElseThrow(() -> new IOException("no address"));
                on.join(join.line(), group, join.rtpPort(), join.rtcpPort());
            } else if (action instanceof RtspAction.AcceptFrom from) {
                AddressClass.parse(from.source()).ifPresent(source -> on.acceptFrom(from.line(), source));
            }
        } catch (IOException e) {
            LOG.debug("No ports for {}", RtspScheme.nameOf(location), e);
            machine.portsFailed(
                    ticker.nanos(),
                    action instanceof RtspAction.JoinGroup
                            ? "sends to a group that this server cannot join"
                            : "is asked for datagrams, but this server has no ports left for them");
        }
    }

    private void finish(EndReason reason) {
        if (ended) {
            return;
        }
        ended = true;
        way.cancel();
        leave();
        report = feed.report(machine);
        if (reason instanceof EndReason.Failed failed) {
            known.forget(location);
            LOG.info("{}", failed.sentence());
        }
        try {
            sink.onEnd(reason);
        } catch (RuntimeException e) {
            LOG.warn("A sink failed when it was told the end of {}", RtspScheme.nameOf(location), e);
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
        handle(machine::wake);
    }

    private void datagram(int line, boolean control, int fromPort, byte[] bytes, int offset, int length) {
        handle(now -> machine.datagram(now, line, control, fromPort, bytes, offset, length));
    }

    /** Gives the machine what media may come of; a fault in handling it ends this session only. */
    private void handle(LongConsumer input) {
        long now = ticker.nanos();
        try {
            input.accept(now);
        } catch (RuntimeException e) {
            LOG.warn("The media of {} could not be handled", RtspScheme.nameOf(location), e);
            machine.close(OWN_FAULT);
        }
        perform();
    }

    /** What comes over the socket. */
    private final class Inbound extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            try {
                // Nothing of a connection that was left.
                if (context.channel() == channel) {
                    handle(now -> machine.receive(now, bytes.nioBuffer()));
                }
            } finally {
                bytes.release();
            }
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
}
