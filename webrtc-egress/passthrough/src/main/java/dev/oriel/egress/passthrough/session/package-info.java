/** Viewers from answer to close, and how datagrams find them. */
@NullMarked
package dev.oriel.egress.passthrough.session;

import org.jspecify.annotations.NullMarked;
