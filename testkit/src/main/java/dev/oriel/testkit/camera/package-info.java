/**
 * Cameras that this project did not write: GStreamer's RTSP server and FFmpeg, as child processes on free ports of the
 * loopback interface. They end with who started them.
 */
@NullMarked
package dev.oriel.testkit.camera;

import org.jspecify.annotations.NullMarked;
