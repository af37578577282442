/** The viewers that watch a server, and what they see in a window of time. */
@NullMarked
package dev.oriel.benchmarks.load;

import org.jspecify.annotations.NullMarked;
