/** Distributions, medians, and tables of them. */
@NullMarked
package dev.oriel.benchmarks.figures;

import org.jspecify.annotations.NullMarked;
