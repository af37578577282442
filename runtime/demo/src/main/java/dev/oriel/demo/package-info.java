/**
 * A camera that is always there: an RTSP server on the loopback address that plays a short clip over and over, in real time,
 * so that a fresh installation has a moving picture to show. {@code clip.sh} beside the sources made the clip.
 */
@NullMarked
package dev.oriel.demo;

import org.jspecify.annotations.NullMarked;
