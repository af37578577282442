/**
 * Interactive connectivity establishment (RFC 8445) for the side that answers: which pair of addresses a viewer is reached
 * over, and whether it is still there.
 */
@NullMarked
package dev.oriel.protocol.ice;

import org.jspecify.annotations.NullMarked;
