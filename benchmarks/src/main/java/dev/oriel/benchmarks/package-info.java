/**
 * The whole-server benchmark: servers side by side, each on a core of its own, with the same camera and the same viewers on
 * another. See docs/benchmarks.md.
 */
@NullMarked
package dev.oriel.benchmarks;

import org.jspecify.annotations.NullMarked;
