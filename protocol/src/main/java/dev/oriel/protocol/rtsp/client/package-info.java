/** The client's side of an RTSP session as a machine without a socket: from the first request to the last word. */
@NullMarked
package dev.oriel.protocol.rtsp.client;

import org.jspecify.annotations.NullMarked;
