/** The tunnels that RTSP travels in where nothing but HTTP gets through: their cores, without sockets. */
@NullMarked
package dev.oriel.protocol.rtsp.tunnel;

import org.jspecify.annotations.NullMarked;
