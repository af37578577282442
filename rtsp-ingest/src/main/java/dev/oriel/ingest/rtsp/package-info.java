/**
 * Sockets around the RTSP client machine: the service that opens cameras at {@code rtsp} URLs.
 *
 * <p>Two event loops carry all cameras; what blocks, the look-up of host names, has threads of its own.
 */
@NullMarked
package dev.oriel.ingest.rtsp;

import org.jspecify.annotations.NullMarked;
