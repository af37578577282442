/** How things are written on the wire: forms, base64, JSON, cross-origin headers. Pure, without any server's habits. */
@NullMarked
package dev.oriel.signaling.wire;

import org.jspecify.annotations.NullMarked;
