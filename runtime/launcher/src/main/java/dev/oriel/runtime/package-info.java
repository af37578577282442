/**
 * The standalone distribution: reads the command line, starts an OSGi framework with the bundles of the folder beside it,
 * writes the configuration before any of Oriel's bundles starts, and stops all of it without a trace.
 */
@NullMarked
package dev.oriel.runtime;

import org.jspecify.annotations.NullMarked;
