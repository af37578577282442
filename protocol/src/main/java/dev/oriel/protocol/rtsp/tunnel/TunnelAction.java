package dev.oriel.protocol.rtsp.tunnel;

import dev.oriel.api.failure.RelayException;
import java.nio.ByteBuffer;

/** What a tunnel wants its shell to do. */
public sealed interface TunnelAction {

    /** One of a tunnel's connections. */
    enum Line {
        /** What comes from the camera; in a WebSocket both ways. */
        DOWN,
        /** What goes to the camera, where that is a connection of its own. */
        UP
    }

    /** Close the connection of this line if there is one, and make it anew. */
    record Connect(Line line) implements TunnelAction {}

    /** Close the connection of this line; what it still brings is of no interest. */
    record Close(Line line) implements TunnelAction {}

    /**
     * Write.
     *
     * @param bytes given away
     */
    record Send(Line line, ByteBuffer bytes) implements TunnelAction {}

    /** RTSP may be written from now on. Once. */
    record Open() implements TunnelAction {}

    /** The tunnel is no more, and nothing follows: close all. */
    record Fail(RelayException why) implements TunnelAction {}
}
