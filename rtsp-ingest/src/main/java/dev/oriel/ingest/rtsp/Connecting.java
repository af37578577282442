package dev.oriel.ingest.rtsp;

import dev.oriel.api.camera.SourceLocation;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.NetUtil;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * The way to a camera's socket: the host's addresses, then one after the other until one answers.
 *
 * <p>Confined to the event loop it is given; only the look-up of a name happens elsewhere. Every way ends in one of the two
 * callbacks, at most once.
 */
final class Connecting {

    private static final int CONNECT_TIMEOUT_MILLIS = 3000;
    private static final int DEFAULT_PORT = 554;

    private final EventLoop loop;
    private final SourceLocation location;
    private final ChannelHandler handler;
    private final Consumer<Channel> onConnected;
    private final Consumer<String> onFailed;

    /** @param onFailed told why, as it goes on behind the name of the camera */
    Connecting(
            EventLoop loop,
            SourceLocation location,
            ChannelHandler handler,
            Consumer<Channel> onConnected,
            Consumer<String> onFailed) {
        this.loop = loop;
        this.location = location;
        this.handler = handler;
        this.onConnected = onConnected;
        this.onFailed = onFailed;
    }

    void start(Executor names) {
        String host = location.host();
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
        if (literal != null) {
            resolve();
            return;
        }
        try {
            names.execute(this::resolve);
        } catch (RejectedExecutionException e) {
            onFailed.accept("was not looked for, because too many host names are being looked up");
        }
    }

    private void resolve() {
        try {
            List<InetAddress> addresses = List.of(InetAddress.getAllByName(location.host()));
            onLoop(() -> connect(addresses, 0));
        } catch (UnknownHostException e) {
            onLoop(() -> onFailed.accept("has a host name that nobody knows"));
        }
    }

    private void onLoop(Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
            return;
        }
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            // The engine was stopped and has ended the session already.
            return;
        }
    }

    private void connect(List<InetAddress> addresses, int index) {
        InetSocketAddress target = new InetSocketAddress(addresses.get(index), location.portOr(DEFAULT_PORT));
        ChannelFuture future = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .handler(handler)
                .connect(target);
        future.addListener(done -> {
            if (done.isSuccess()) {
                onConnected.accept(future.channel());
            } else if (index + 1 < addresses.size()) {
                connect(addresses, index + 1);
            } else {
                onFailed.accept(why(done.cause()));
            }
        });
    }

    private static String why(Throwable cause) {
        if (cause instanceof ConnectTimeoutException) {
            return "does not answer the connection within 3 s";
        }
        // "Network is unreachable" comes as a ConnectException, and as more than one kind of it.
        boolean noWay = cause instanceof NoRouteToHostException
                || String.valueOf(cause.getMessage()).contains("nreachable");
        if (noWay) {
            return "cannot be reached: there is no way to its address";
        }
        return cause instanceof ConnectException ? "refuses the connection" : "cannot be connected to";
    }
}
