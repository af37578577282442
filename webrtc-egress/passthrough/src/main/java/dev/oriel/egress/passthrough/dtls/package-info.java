/** The DTLS handshake that gives a viewer's session its keys (RFC 5764), on Bouncy Castle's blocking server. */
@NullMarked
package dev.oriel.egress.passthrough.dtls;

import org.jspecify.annotations.NullMarked;
