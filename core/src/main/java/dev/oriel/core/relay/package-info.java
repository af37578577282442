/** The front door: an offer goes from one provider to the next until a session comes of it. */
@NullMarked
package dev.oriel.core.relay;

import org.jspecify.annotations.NullMarked;
