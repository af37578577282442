/**
 * The part of SCTP (RFC 9260) and of the protocol on top of it (RFC 8832) that a data channel needs in order to open, stay open
 * and close: what arrives on a channel is acknowledged and dropped.
 */
@NullMarked
package dev.oriel.protocol.sctp;

import org.jspecify.annotations.NullMarked;
