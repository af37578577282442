/** Encoded media on its way from a camera to whoever watches it: tracks, packets, and the engines that bring them. */
@NullMarked
@Version("0.1.0")
package dev.oriel.api.media;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
