package dev.oriel.protocol.ice;

import java.net.InetSocketAddress;

/**
 * The way of a datagram between two hosts.
 *
 * @param transport how it travels; over TCP the remote address names the connection
 * @param local the own socket's address; where it travels relayed, the address the relay has for us
 * @param remote the other side's address
 */
public record Path(Transport transport, InetSocketAddress local, InetSocketAddress remote) {

    /** The way of a datagram that travels as it is. */
    public static Path udp(InetSocketAddress local, InetSocketAddress remote) {
        return new Path(Transport.UDP, local, remote);
    }

    boolean isOneFamily() {
        return local.getAddress().getClass() == remote.getAddress().getClass();
    }
}
