/** The hub: the life of a camera as a machine that is told the time, its group of pictures, and the fan-out to all who watch. */
@NullMarked
package dev.oriel.core.hub;

import org.jspecify.annotations.NullMarked;
