/** The one UDP port: its sockets, one for each of the machine's addresses, and the thread that reads and writes them. */
@NullMarked
package dev.oriel.egress.passthrough.net;

import org.jspecify.annotations.NullMarked;
