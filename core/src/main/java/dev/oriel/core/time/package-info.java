/** The clock and the one thread of this bundle, and what is bounded by them. */
@NullMarked
package dev.oriel.core.time;

import org.jspecify.annotations.NullMarked;
