package dev.oriel.protocol.rtsp.tunnel;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A stream of bytes both ways, carried by something else. Begin by {@link #poll}: the first action is to connect.
 *
 * <p>After each call drain {@link #poll} until it is empty. Confined to one thread.
 */
public interface Tunnel {

    /** The connection of a line stands. */
    void connected(long nowNanos, TunnelAction.Line line);

    /** Takes what came over a line; {@code stream} is given what the camera says within the tunnel, in windows that end with the call. */
    void receive(long nowNanos, TunnelAction.Line line, ByteBuffer bytes, Consumer<ByteBuffer> stream);

    /** The connection of a line was closed by the other side. */
    void disconnected(TunnelAction.Line line);

    /** Sends bytes to the camera; not before {@link TunnelAction.Open}. */
    void write(ByteBuffer bytes);

    /** Time has passed. */
    default void wake(long nowNanos) {}

    /** The next thing to do, or null if there is none, as in {@link java.util.Queue#poll}. */
    @Nullable
    TunnelAction poll();

    /** When {@link #wake} wants to be called. */
    default OptionalLong deadlineNanos() {
        return OptionalLong.empty();
    }
}
