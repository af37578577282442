/** Whether a camera's URL that a stranger names may be opened, and at which address. */
@NullMarked
package dev.oriel.signaling.source;

import org.jspecify.annotations.NullMarked;
