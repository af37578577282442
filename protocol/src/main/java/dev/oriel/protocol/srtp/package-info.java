/** Media and control packets under encryption (RFC 3711, RFC 7714), on the ciphers of the JDK. */
@NullMarked
package dev.oriel.protocol.srtp;

import org.jspecify.annotations.NullMarked;
