/**
 * The egress engine that sends a camera's packets to browsers as they are: numbered anew and encrypted for each viewer, never
 * decoded.
 */
@NullMarked
package dev.oriel.egress.passthrough;

import org.jspecify.annotations.NullMarked;
