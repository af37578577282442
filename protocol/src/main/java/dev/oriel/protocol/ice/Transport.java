package dev.oriel.protocol.ice;

/** How datagrams travel on a path. */
public enum Transport {
    /** As they are. */
    UDP,
    /** In a TCP connection of the viewer's, each behind its length (RFC 4571, RFC 6544). */
    TCP,
    /** By way of a TURN server, which receives and sends them for us (RFC 8656). */
    RELAYED
}
