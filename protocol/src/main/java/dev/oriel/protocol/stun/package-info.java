/** STUN messages (RFC 8489) with the attributes ICE puts into them (RFC 8445 section 7.1). */
@NullMarked
package dev.oriel.protocol.stun;

import org.jspecify.annotations.NullMarked;
