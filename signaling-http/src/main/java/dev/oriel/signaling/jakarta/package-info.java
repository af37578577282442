/** The front on servers that speak {@code jakarta.servlet}. */
@NullMarked
package dev.oriel.signaling.jakarta;

import org.jspecify.annotations.NullMarked;
