package dev.oriel.ingest.rtsp;

import dev.oriel.api.camera.SourceLocation;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The search for an address of a host that answers a TCP connection: the next is tried when one has failed, or has been
 * silent for {@link #STAGGER_MILLIS}, and the first that answers is taken (RFC 8305 section 5).
 *
 * <p>Confined to the event loop it is given; only the look-up of a name happens elsewhere. It ends in one of the two
 * callbacks, at most once, and in none after {@link #cancel}.
 */
final class Dialling {

    /** How long one address may be silent. Less than a camera's start, so that one that comes back is met soon. */
    static final int CONNECT_TIMEOUT_MILLIS = 2000;

    /** How long one address is waited for alone (RFC 8305 section 8). */
    static final int STAGGER_MILLIS = 250;

    private static final int MAX_ADDRESSES = 8;

    /** Where a name is looked up; blocks. */
    interface Names {
        /** @throws UnknownHostException if nobody knows it */
        InetAddress[] lookUp(String host) throws UnknownHostException;
    }

    private final EventLoop loop;
    private final SourceLocation camera;
    private final Names names;
    private final Consumer<Channel> onConnected;
    private final Consumer<String> onFailed;
    private final Queue<InetAddress> untried = new ArrayDeque<>();
    private final List<Channel> trying = new ArrayList<>();
    private @Nullable Future<?> stagger;
    private @Nullable String worst;
    private boolean over;

    /**
     * A search that has not begun.
     *
     * @param onConnected given a channel without handlers but one that does nothing; it has not read yet
     * @param onFailed told why, as it goes on behind the name of the camera
     */
    Dialling(
            EventLoop loop,
            SourceLocation camera,
            Names names,
            Consumer<Channel> onConnected,
            Consumer<String> onFailed) {
        this.loop = loop;
        this.camera = camera;
        this.names = names;
        this.onConnected = onConnected;
        this.onFailed = onFailed;
    }

    void start(Executor blocking) {
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(camera.host());
        if (literal != null) {
            resolve();
            return;
        }
        try {
            blocking.execute(this::resolve);
        } catch (RejectedExecutionException e) {
            fail(IngestThreads.TOO_MANY_NAMES);
        }
    }

    /** Lets go of everything that is being tried. */
    void cancel() {
        over = true;
        if (stagger != null) {
            stagger.cancel(false);
        }
        // Closing one takes it out of the list.
        List.copyOf(trying).forEach(Channel::close);
    }

    private void resolve() {
        try {
            List<InetAddress> addresses = List.of(names.lookUp(camera.host()));
            IngestThreads.on(loop, () -> {
                untried.addAll(alternating(addresses));
                tryNext();
            });
        } catch (UnknownHostException e) {
            IngestThreads.on(loop, () -> fail("has a host name that nobody knows"));
        }
    }

    /** The kinds of addresses by turns, the resolver's first one first (RFC 8305 section 4). */
    static List<InetAddress> alternating(List<InetAddress> addresses) {
        Queue<InetAddress> six = new ArrayDeque<>();
        Queue<InetAddress> four = new ArrayDeque<>();
        addresses.forEach(address -> (address instanceof Inet6Address ? six : four).add(address));
        List<InetAddress> all = new ArrayList<>();
        boolean sixNext = addresses.get(0) instanceof Inet6Address;
        while (all.size() < Math.min(addresses.size(), MAX_ADDRESSES)) {
            Queue<InetAddress> wanted = sixNext ? six : four;
            InetAddress address = wanted.isEmpty() ? (sixNext ? four : six).remove() : wanted.remove();
            all.add(address);
            sixNext = !sixNext;
        }
        return all;
    }

    private void tryNext() {
        if (over || untried.isEmpty() || loop.isShuttingDown()) {
            return;
        }
        if (stagger != null) {
            stagger.cancel(false);
        }
        ChannelFuture future = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .handler(new ChannelInboundHandlerAdapter())
                .connect(new InetSocketAddress(untried.remove(), camera.portToConnect()));
        trying.add(future.channel());
        stagger = untried.isEmpty() ? null : loop.schedule(this::tryNext, STAGGER_MILLIS, TimeUnit.MILLISECONDS);
        future.addListener(done -> tried(future));
    }

    private void tried(ChannelFuture future) {
        trying.remove(future.channel());
        if (over) {
            future.channel().close();
        } else if (future.isSuccess()) {
            cancel();
            onConnected.accept(future.channel());
        } else {
            worst = worse(worst, why(future.cause()));
            if (untried.isEmpty() && trying.isEmpty()) {
                fail(worst);
            } else {
                tryNext();
            }
        }
    }

    private void fail(String what) {
        if (!over) {
            over = true;
            onFailed.accept(what);
        }
    }

    private static final String REFUSED = "refuses the connection";
    private static final String SILENT =
            "does not answer the connection within " + CONNECT_TIMEOUT_MILLIS / 1000 + " s";
    private static final String NO_WAY = "cannot be reached: there is no way to its address";
    private static final String OTHER = "cannot be connected to";
    private static final List<String> BY_WEIGHT = List.of(REFUSED, SILENT, OTHER, NO_WAY);

    /** Of several addresses the one that came closest says most: many hosts have no way to IPv6 at all. */
    private static String worse(@Nullable String before, String now) {
        return before != null && BY_WEIGHT.indexOf(before) <= BY_WEIGHT.indexOf(now) ? before : now;
    }

    private static String why(Throwable cause) {
        if (cause instanceof ConnectTimeoutException) {
            return SILENT;
        }
        // "Network is unreachable" comes as a ConnectException, and as more than one kind of it.
        boolean noWay = cause instanceof NoRouteToHostException
                || String.valueOf(cause.getMessage()).contains("nreachable");
        return noWay ? NO_WAY : cause instanceof ConnectException ? REFUSED : OTHER;
    }
}
