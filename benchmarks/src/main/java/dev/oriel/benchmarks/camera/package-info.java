/** The benchmark's camera: an RTSP server whose pictures carry a number and the time they were sent. */
@NullMarked
package dev.oriel.benchmarks.camera;

import org.jspecify.annotations.NullMarked;
