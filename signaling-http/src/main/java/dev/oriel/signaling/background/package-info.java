/** The threads of this bundle, and what the rest of it sees of them. */
@NullMarked
package dev.oriel.signaling.background;

import org.jspecify.annotations.NullMarked;
