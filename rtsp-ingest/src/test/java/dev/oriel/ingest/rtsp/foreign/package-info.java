/** Cameras by other makers, opened by the engine alone. */
@NullMarked
package dev.oriel.ingest.rtsp.foreign;

import org.jspecify.annotations.NullMarked;
