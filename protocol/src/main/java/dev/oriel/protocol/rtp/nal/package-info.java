/**
 * NAL units of H.264 and H.265: what their headers and the bits behind them say, and how they are packed. Nothing here keeps
 * anything of a stream.
 */
@NullMarked
package dev.oriel.protocol.rtp.nal;

import org.jspecify.annotations.NullMarked;
