/**
 * RTP (RFC 3550) as cameras send it, and its way into the one form that sinks are promised: small packets, parameter sets
 * in front of keyframes, numbers without holes, and one clock for all tracks.
 *
 * <p>Everything is told bytes and time. Packets that make no sense are counted and passed over; nothing here throws for
 * what a camera sends.
 */
@NullMarked
package dev.oriel.protocol.rtp;

import org.jspecify.annotations.NullMarked;
