/** From a request to the dialect that answers it, without any servlet type. */
@NullMarked
package dev.oriel.signaling.front;

import org.jspecify.annotations.NullMarked;
