package dev.oriel.protocol.ice;

import java.net.InetSocketAddress;

/**
 * The way of a datagram between two hosts.
 *
 * @param local the own socket's address
 * @param remote the other side's address
 */
public record Path(InetSocketAddress local, InetSocketAddress remote) {

    boolean isOneFamily() {
        return local.getAddress().getClass() == remote.getAddress().getClass();
    }
}
