/**
 * RTP control packets: reports (RFC 3550 section 6), and what a receiver asks for (RFC 4585, RFC 5104).
 *
 * <p>Reading takes what it knows and passes over the rest; writing gives compound packets.
 */
@NullMarked
package dev.oriel.protocol.rtcp;

import org.jspecify.annotations.NullMarked;
