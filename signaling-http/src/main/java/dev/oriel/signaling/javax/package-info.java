/** The front on servers that speak {@code javax.servlet}. */
@NullMarked
package dev.oriel.signaling.javax;

import org.jspecify.annotations.NullMarked;
