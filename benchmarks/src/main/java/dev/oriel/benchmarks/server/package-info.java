/** The servers that are compared: how each is configured and started, and what it uses. */
@NullMarked
package dev.oriel.benchmarks.server;

import org.jspecify.annotations.NullMarked;
