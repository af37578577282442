/**
 * Where viewers are told that this machine can be reached: at its own addresses, at those it was told it has, at what STUN servers
 * see, and at a relay. All of it is found out in advance; no viewer waits for it.
 */
@NullMarked
package dev.oriel.egress.passthrough.gather;

import org.jspecify.annotations.NullMarked;
