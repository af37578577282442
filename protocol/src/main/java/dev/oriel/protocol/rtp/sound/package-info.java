/**
 * Sound as cameras pack it into RTP: what a description says of it, and for AAC the way from packets to access units, out of
 * RFC 3640, RFC 6416 (LATM) and ADTS. Nothing is decoded; what makes no sense is counted and passed over.
 */
@NullMarked
package dev.oriel.protocol.rtp.sound;

import org.jspecify.annotations.NullMarked;
