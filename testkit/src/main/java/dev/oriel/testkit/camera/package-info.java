/**
 * Cameras that this project did not write: GStreamer's RTSP server, FFmpeg, VLC and MediaMTX, as child processes on free ports
 * of the loopback interface, or at the end of a cable that can be cut. They end with who started them.
 */
@NullMarked
package dev.oriel.testkit.camera;

import org.jspecify.annotations.NullMarked;
