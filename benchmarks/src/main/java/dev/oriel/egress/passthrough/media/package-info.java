/** JMH: what rewriting costs; here, because the classes it is about are nobody else's business. */
@NullMarked
package dev.oriel.egress.passthrough.media;

import org.jspecify.annotations.NullMarked;
