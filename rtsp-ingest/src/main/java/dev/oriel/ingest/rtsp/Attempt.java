package dev.oriel.ingest.rtsp;

import dev.oriel.api.camera.SourceLocation;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection in the making: dialled, then encrypted if wanted. Confined to its event loop; ends in one of the two
 * callbacks, at most once, and in none after {@link #cancel}.
 */
final class Attempt {

    private final Dialling dialling;
    private final @Nullable Encryption encryption;
    private final Consumer<Channel> onConnected;
    private final Consumer<String> onFailed;
    private @Nullable Channel handshaking;
    private boolean over;

    Attempt(
            EventLoop loop,
            SourceLocation camera,
            @Nullable Encryption encryption,
            Consumer<Channel> onConnected,
            Consumer<String> onFailed) {
        this.encryption = encryption;
        this.onConnected = onConnected;
        this.onFailed = onFailed;
        this.dialling = new Dialling(loop, camera, InetAddress::getAllByName, this::dialled, onFailed);
    }

    void start(Executor blocking) {
        dialling.start(blocking);
    }

    void cancel() {
        over = true;
        dialling.cancel();
        if (handshaking != null) {
            handshaking.close();
        }
    }

    private void dialled(Channel channel) {
        if (encryption == null) {
            channel.pipeline().addLast(new Faults());
            onConnected.accept(channel);
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
                onConnected.accept(channel);
            } else {
                channel.close();
                onFailed.accept(HandshakeFault.of(done.cause()));
            }
        });
    }

    /** Ends a connection that fails; why is told by its handshake, or does not matter. */
    private static final class Faults extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
