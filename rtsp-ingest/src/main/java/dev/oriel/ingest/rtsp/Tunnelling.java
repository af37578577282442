package dev.oriel.ingest.rtsp;

import dev.oriel.api.failure.RelayException;
import dev.oriel.api.time.Ticker;
import dev.oriel.protocol.rtsp.tunnel.Tunnel;
import dev.oriel.protocol.rtsp.tunnel.TunnelAction;
import dev.oriel.protocol.rtsp.tunnel.TunnelAction.Line;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a tunnel. What is handed out is the one that brings the camera's bytes; what is written to it goes the
 * way the tunnel wants, and closing it closes all. Confined to its event loop.
 */
final class Tunnelling {

    /** Makes attempts to connect. */
    interface Attempts {
        /** An attempt that was not started. */
        Attempt make(Consumer<Channel> onConnected, Consumer<String> onFailed);
    }

    private final Tunnel tunnel;
    private final Attempts attempts;
    private final Executor blocking;
    private final Ticker ticker;
    private final Consumer<Channel> onOpen;
    private final Consumer<RelayException> onRefused;
    private final Consumer<String> onUnreachable;
    private final Map<Line, Attempt> pending = new EnumMap<>(Line.class);
    private final Map<Line, ChannelHandlerContext> lines = new EnumMap<>(Line.class);
    private @Nullable EventLoop loop;
    private @Nullable Future<?> timer;
    private boolean open;
    private boolean leaving;
    private boolean over;

    Tunnelling(
            Tunnel tunnel,
            Attempts attempts,
            Executor blocking,
            Ticker ticker,
            Consumer<Channel> onOpen,
            Consumer<RelayException> onRefused,
            Consumer<String> onUnreachable) {
        this.tunnel = tunnel;
        this.attempts = attempts;
        this.blocking = blocking;
        this.ticker = ticker;
        this.onOpen = onOpen;
        this.onRefused = onRefused;
        this.onUnreachable = onUnreachable;
    }

    void start(EventLoop on) {
        loop = on;
        perform();
    }

    void cancel() {
        over = true;
        if (timer != null) {
            timer.cancel(false);
        }
        for (Line line : Line.values()) {
            close(line);
        }
    }

    private void perform() {
        for (TunnelAction action = tunnel.poll(); action != null && !over; action = tunnel.poll()) {
            if (action instanceof TunnelAction.Connect connect) {
                connect(connect.line());
            } else if (action instanceof TunnelAction.Close closing) {
                close(closing.line());
            } else if (action instanceof TunnelAction.Send send) {
                ChannelHandlerContext context = lines.get(send.line());
                if (context != null) {
                    context.writeAndFlush(Unpooled.wrappedBuffer(send.bytes()));
                }
            } else if (action instanceof TunnelAction.Open) {
                ChannelHandlerContext context = lines.get(Line.DOWN);
                if (context != null) {
                    open = true;
                    onOpen.accept(context.channel());
                }
            } else if (action instanceof TunnelAction.Fail fail) {
                fail(fail.why());
            }
        }
        setTimer();
    }

    private void setTimer() {
        OptionalLong deadline = tunnel.deadlineNanos();
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        if (deadline.isPresent() && loop != null && !over && !loop.isShuttingDown()) {
            long delay = Math.max(deadline.getAsLong() - ticker.nanos(), 0);
            timer = loop.schedule(
                    () -> {
                        tunnel.wake(ticker.nanos());
                        perform();
                    },
                    delay,
                    TimeUnit.NANOSECONDS);
        }
    }

    private void fail(RelayException why) {
        cancel();
        if (!open) {
            onRefused.accept(why);
        }
    }

    private void connect(Line line) {
        close(line);
        Attempt attempt = attempts.make(channel -> connected(line, channel), what -> {
            cancel();
            if (!open) {
                onUnreachable.accept(what);
            }
        });
        pending.put(line, attempt);
        attempt.start(blocking);
    }

    private void connected(Line line, Channel channel) {
        pending.remove(line);
        channel.pipeline().addLast(new Carried(line));
        ChannelHandlerContext context = channel.pipeline().context(Carried.class);
        lines.put(line, context);
        tunnel.connected(ticker.nanos(), line);
        perform();
        ChannelHandlerContext down = lines.get(Line.DOWN);
        if (leaving && down != null) {
            down.channel().close();
        }
    }

    private void close(Line line) {
        Attempt attempt = pending.remove(line);
        if (attempt != null) {
            attempt.cancel();
        }
        ChannelHandlerContext context = lines.remove(line);
        if (context != null) {
            context.close();
        }
    }

    /** One line's place in its channel. */
    private final class Carried extends ChannelDuplexHandler {
        private final Line line;

        Carried(Line line) {
            this.line = line;
        }

        private boolean isCurrent(ChannelHandlerContext context) {
            return lines.get(line) == context;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            try {
                if (isCurrent(context)) {
                    tunnel.receive(
                            ticker.nanos(),
                            line,
                            bytes.nioBuffer(),
                            part -> context.fireChannelRead(Unpooled.wrappedBuffer(part)));
                }
            } finally {
                bytes.release();
            }
            perform();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (isCurrent(context)) {
                lines.remove(line);
                tunnel.disconnected(line);
                perform();
            }
            context.fireChannelInactive();
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            ByteBuf bytes = (ByteBuf) message;
            try {
                tunnel.write(bytes.nioBuffer());
            } finally {
                bytes.release();
            }
            promise.trySuccess();
            perform();
        }

        @Override
        public void close(ChannelHandlerContext context, ChannelPromise promise) {
            if (line == Line.DOWN && isCurrent(context) && pending.containsKey(Line.UP) && !leaving) {
                // The goodbye waits for a line of its own; who closes does so a second time if that does not come.
                leaving = true;
                return;
            }
            // Both lines are written out before they are closed: what is last is the goodbye.
            context.close(promise);
            if (line == Line.DOWN && isCurrent(context)) {
                lines.remove(line);
                cancel();
            }
        }
    }
}
