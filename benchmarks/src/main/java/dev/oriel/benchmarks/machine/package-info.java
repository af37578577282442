/** What the benchmark takes from the machine: time, threads, environment, and the kernel's figures about processes and cores. */
@NullMarked
package dev.oriel.benchmarks.machine;

import org.jspecify.annotations.NullMarked;
