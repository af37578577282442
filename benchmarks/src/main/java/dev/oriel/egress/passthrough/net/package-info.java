/** JMH: what sending costs; here, because the classes it is about are nobody else's business. */
@NullMarked
package dev.oriel.egress.passthrough.net;

import org.jspecify.annotations.NullMarked;
