/**
 * A camera's packets on their way into one viewer's stream: handed over between threads, paced, numbered, and kept for a while
 * in case the viewer asks again.
 */
@NullMarked
package dev.oriel.egress.passthrough.media;

import org.jspecify.annotations.NullMarked;
