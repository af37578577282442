/** Oriel as {@code ./run} starts it: the packaged distribution in a process of its own. */
@NullMarked
package dev.oriel.itest.standalone;

import org.jspecify.annotations.NullMarked;
