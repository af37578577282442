/**
 * Real viewers for tests: libwebrtc, the engine of Chromium, in this Java machine, and the HTTP forms in which a viewer
 * brings its offer to a server. A test that watches a stream with these has seen decoded pictures, not merely packets.
 */
@NullMarked
package dev.oriel.testkit.viewer;

import org.jspecify.annotations.NullMarked;
