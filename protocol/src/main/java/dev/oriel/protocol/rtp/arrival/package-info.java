/** Datagrams of one source as they arrive: counted for reports, and put back into order. */
@NullMarked
package dev.oriel.protocol.rtp.arrival;

import org.jspecify.annotations.NullMarked;
