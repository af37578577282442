/** The HTTP habits of the servers that Oriel stands in for. */
@NullMarked
package dev.oriel.signaling.dialect;

import org.jspecify.annotations.NullMarked;
