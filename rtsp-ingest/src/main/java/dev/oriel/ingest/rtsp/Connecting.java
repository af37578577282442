package dev.oriel.ingest.rtsp;

import dev.oriel.api.camera.CameraOptions;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.failure.RelayException;
import dev.oriel.api.time.Ticker;
import dev.oriel.protocol.rtsp.RtspScheme;
import dev.oriel.protocol.rtsp.client.Refusal;
import dev.oriel.protocol.rtsp.tunnel.HttpTunnel;
import dev.oriel.protocol.rtsp.tunnel.Tunnel;
import dev.oriel.protocol.rtsp.tunnel.WebSocketTunnel;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import java.security.GeneralSecurityException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way to a camera: a connection, encrypted if its URL says so, and a tunnel in it if its URL says so. What comes out is a
 * channel that carries RTSP both ways, whatever is below.
 *
 * <p>Confined to the event loop it is given. It ends in one of the two callbacks, at most once, and in none after
 * {@link #cancel}.
 */
final class Connecting {

    private final EventLoop loop;
    private final IngestThreads threads;
    private final Ticker ticker;
    private final SourceLocation camera;
    private final CameraOptions options;
    private final ChannelHandler inbound;
    private final Consumer<Channel> onConnected;
    private final Consumer<RelayException> onFailed;
    private final boolean encrypted;

    private @Nullable Encryption encryption;
    private @Nullable Attempt attempt;
    private @Nullable Tunnelling tunnelling;
    private boolean over;

    /**
     * A way that was not begun.
     *
     * @param inbound is put at the end of the channel, once what is below it stands
     */
    Connecting(
            EventLoop loop,
            IngestThreads threads,
            Ticker ticker,
            SourceLocation camera,
            CameraOptions options,
            ChannelHandler inbound,
            Consumer<Channel> onConnected,
            Consumer<RelayException> onFailed) {
        this.loop = loop;
        this.threads = threads;
        this.ticker = ticker;
        this.camera = camera;
        this.options = options;
        this.inbound = inbound;
        this.onConnected = onConnected;
        this.onFailed = onFailed;
        this.encrypted = RtspScheme.of(camera).orElse(RtspScheme.PLAIN).isEncrypted();
    }

    void start() {
        if (!encrypted) {
            make();
            return;
        }
        try {
            threads.names().execute(this::prepareEncryption);
        } catch (RejectedExecutionException e) {
            fail(IngestThreads.TOO_MANY_NAMES);
        }
    }

    /** Lets go of everything that stands by now. */
    void cancel() {
        over = true;
        if (attempt != null) {
            attempt.cancel();
        }
        if (tunnelling != null) {
            tunnelling.cancel();
        }
    }

    private void prepareEncryption() {
        Encryption made;
        try {
            made = Encryption.of(camera, options.trust());
        } catch (GeneralSecurityException e) {
            IngestThreads.on(loop, () -> fail("cannot be reached over TLS, because this Java cannot do it"));
            return;
        }
        IngestThreads.on(loop, () -> {
            encryption = made;
            make();
        });
    }

    private void make() {
        if (over) {
            return;
        }
        RtspScheme scheme = RtspScheme.of(camera).orElse(RtspScheme.PLAIN);
        if (scheme.carrier() == RtspScheme.Carrier.CONNECTION) {
            attempt = new Attempt(loop, camera, encryption, this::connected, this::fail);
            attempt.start(threads.names());
            return;
        }
        Tunnel tunnel = scheme.carrier() == RtspScheme.Carrier.HTTP
                ? new HttpTunnel(camera, options.login(), RtspSession.USER_AGENT, threads.random())
                : new WebSocketTunnel(camera, options.login(), RtspSession.USER_AGENT, threads.random());
        tunnelling = new Tunnelling(
                tunnel,
                (connected, failed) -> new Attempt(loop, camera, encryption, connected, failed),
                threads.names(),
                ticker,
                this::connected,
                this::failed,
                this::fail);
        tunnelling.start(loop);
    }

    private void connected(Channel channel) {
        channel.pipeline().addLast(inbound);
        over = true;
        // It closes its tunnel from now on, when the goodbye is written.
        tunnelling = null;
        onConnected.accept(channel);
    }

    private void fail(String what) {
        failed(Refusal.of(camera).unreachable(what));
    }

    private void failed(RelayException why) {
        if (!over) {
            over = true;
            onFailed.accept(why);
        }
    }
}
