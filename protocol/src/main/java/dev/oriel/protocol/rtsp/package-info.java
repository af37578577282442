/**
 * RTSP 1.0 (RFC 2326): messages, media frames interleaved with them on one TCP connection, and the client's side of a session.
 *
 * <p>Reading is lenient, because cameras break the rules; writing is strict. Nothing here opens a socket or asks for the time.
 */
@NullMarked
package dev.oriel.protocol.rtsp;

import org.jspecify.annotations.NullMarked;
