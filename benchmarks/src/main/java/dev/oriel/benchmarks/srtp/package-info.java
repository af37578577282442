/** JMH: what encryption costs. */
@NullMarked
package dev.oriel.benchmarks.srtp;

import org.jspecify.annotations.NullMarked;
