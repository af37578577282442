/**
 * RTSP 1.0 (RFC 2326): messages, their header fields, and the media frames interleaved with them on one TCP connection.
 *
 * <p>Reading is lenient, because cameras break the rules; writing is strict. Nothing here opens a socket or asks for the time.
 */
@NullMarked
package dev.oriel.protocol.rtsp;

import org.jspecify.annotations.NullMarked;
