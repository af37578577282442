package dev.oriel.protocol.rtsp.client;

import dev.oriel.api.media.EndReason;
import java.nio.ByteBuffer;

/** What a machine wants its shell to do. */
public sealed interface RtspAction {

    /**
     * Write to the connection.
     *
     * @param bytes given away
     */
    record Send(ByteBuffer bytes) implements RtspAction {}

    /**
     * Close the connection once everything is written, and tell the reason; nothing follows.
     *
     * @param reason why it is over
     */
    record End(EndReason reason) implements RtspAction {}
}
