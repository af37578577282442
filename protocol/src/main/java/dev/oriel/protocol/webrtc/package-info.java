/** Offer and answer (RFC 8829) for a side that only sends: which of a camera's tracks a viewer gets, and in which form. */
@NullMarked
package dev.oriel.protocol.webrtc;

import org.jspecify.annotations.NullMarked;
