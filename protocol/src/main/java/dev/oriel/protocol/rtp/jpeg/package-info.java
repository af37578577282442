/**
 * JPEG in RTP (RFC 2435): its payloads leave out the headers of the picture, which are made anew here from the few numbers
 * that are sent instead, so that what comes out is a file as any program reads it.
 */
@NullMarked
package dev.oriel.protocol.rtp.jpeg;

import org.jspecify.annotations.NullMarked;
