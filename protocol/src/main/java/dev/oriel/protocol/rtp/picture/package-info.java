/**
 * What the first bytes of parameter sets and slices say about a picture: its size, and whether pictures come in the order in
 * which they are shown. Nothing is decoded; what makes no sense is passed over.
 */
@NullMarked
package dev.oriel.protocol.rtp.picture;

import org.jspecify.annotations.NullMarked;
