package dev.oriel.egress.passthrough.net;

import dev.oriel.protocol.ice.Path;

/** What datagrams to viewers go out by. Only to be used on the port's thread. */
public interface Wire {

    /** Writes a datagram, which may be overwritten afterwards, without sending it yet; false if there is no room. */
    boolean write(Path path, byte[] bytes, int length);

    /** Has what was written sent soon. */
    void flush(Path path);

    /** A viewer has proved that the path is its own: what the path needs is kept. May be called again. */
    default void adopted(Path path) {}

    /** No viewer uses the path any more: what the path needed may go. */
    default void abandoned(Path path) {}
}
