/**
 * Session descriptions (RFC 8866) as lines: read leniently, because cameras break every rule of them, and written strictly.
 *
 * <p>What a line means is known by those who read it; here it is only found, kept and put in order.
 */
@NullMarked
package dev.oriel.protocol.sdp;

import org.jspecify.annotations.NullMarked;
