package dev.oriel.protocol.turn;

import java.net.InetSocketAddress;
import java.util.Optional;

/** What a {@link TurnClient} wants done. */
public sealed interface TurnAction {

    /** Send these bytes to the server. */
    record Send(byte[] message) implements TurnAction {}

    /**
     * There is an address now.
     *
     * @param relayed where the server takes datagrams for us
     * @param mapped where the server sees us
     */
    record Ready(InetSocketAddress relayed, InetSocketAddress mapped) implements TurnAction {}

    /**
     * There is no address, or not any more; the last action of a client.
     *
     * @param sentence why, to go on behind the server's name
     * @param instead a server that was named as an alternative
     */
    record Gone(String sentence, Optional<InetSocketAddress> instead) implements TurnAction {}
}
