/**
 * TURN from the client's side (RFC 8656): a server somewhere takes datagrams for us and sends ours on, for viewers that no
 * datagram of ours reaches.
 */
@NullMarked
package dev.oriel.protocol.turn;

import org.jspecify.annotations.NullMarked;
