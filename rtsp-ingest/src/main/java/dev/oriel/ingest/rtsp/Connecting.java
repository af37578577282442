package dev.oriel.ingest.rtsp;

import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.camera.Trust;
import dev.oriel.api.failure.CameraUnreachable;
import dev.oriel.api.failure.RelayException;
import dev.oriel.protocol.rtsp.RtspScheme;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.util.concurrent.Executor;
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
    private final Executor blocking;
    private final SourceLocation camera;
    private final Trust trust;
    private final ChannelHandler inbound;
    private final Consumer<Channel> onConnected;
    private final Consumer<RelayException> onFailed;
    private final boolean encrypted;

    private @Nullable Encryption encryption;
    private @Nullable Dialling dialling;
    private @Nullable Channel handshaking;
    private boolean over;

    /**
     * A way that was not begun.
     *
     * @param blocking runs what blocks: the look-up of names, the reading of authorities
     * @param inbound is put at the end of the channel, once what is below it stands
     */
    Connecting(
            EventLoop loop,
            Executor blocking,
            SourceLocation camera,
            Trust trust,
            ChannelHandler inbound,
            Consumer<Channel> onConnected,
            Consumer<RelayException> onFailed) {
        this.loop = loop;
        this.blocking = blocking;
        this.camera = camera;
        this.trust = trust;
        this.inbound = inbound;
        this.onConnected = onConnected;
        this.onFailed = onFailed;
        this.encrypted = RtspScheme.of(camera).orElse(RtspScheme.PLAIN).isEncrypted();
    }

    void start() {
        if (!encrypted) {
            dial(this::connected);
            return;
        }
        try {
            blocking.execute(this::prepareEncryption);
        } catch (RejectedExecutionException e) {
            fail("was not looked for, because too many host names are being looked up");
        }
    }

    /** Lets go of everything that stands by now. */
    void cancel() {
        over = true;
        if (dialling != null) {
            dialling.cancel();
        }
        if (handshaking != null) {
            handshaking.close();
        }
    }

    private void prepareEncryption() {
        Encryption made;
        try {
            made = Encryption.of(camera, trust);
        } catch (GeneralSecurityException e) {
            onLoop(() -> fail("cannot be reached over TLS, because this Java cannot do it"));
            return;
        }
        onLoop(() -> {
            encryption = made;
            dial(this::connected);
        });
    }

    private void onLoop(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            // The engine was stopped and has ended the session already.
            return;
        }
    }

    private void dial(Consumer<Channel> then) {
        if (over) {
            return;
        }
        dialling = new Dialling(
                loop,
                camera,
                InetAddress::getAllByName,
                channel -> {
                    dialling = null;
                    encrypt(channel, then);
                },
                this::fail);
        dialling.start(blocking);
    }

    private void encrypt(Channel channel, Consumer<Channel> then) {
        if (encryption == null) {
            then.accept(channel);
            return;
        }
        SslHandler handler = encryption.handler();
        handshaking = channel;
        channel.pipeline().addLast(handler, new Faults());
        handler.handshakeFuture().addListener(done -> {
            handshaking = null;
            if (over) {
                channel.close();
            } else if (done.isSuccess()) {
                then.accept(channel);
            } else {
                channel.close();
                fail(HandshakeFault.of(done.cause()));
            }
        });
    }

    private void connected(Channel channel) {
        channel.pipeline().addLast(inbound);
        over = true;
        onConnected.accept(channel);
    }

    /** Ends a connection that fails; why is told by its handshake, or does not matter. */
    private static final class Faults extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    private void fail(String what) {
        if (!over) {
            over = true;
            onFailed.accept(new CameraUnreachable("The camera at " + RtspScheme.nameOf(camera) + " " + what + "."));
        }
    }
}
