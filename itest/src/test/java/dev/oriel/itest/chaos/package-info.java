/** What becomes of a viewer when the camera or its cable fails: a camera in a network of its own, and a real libwebrtc. */
@NullMarked
package dev.oriel.itest.chaos;

import org.jspecify.annotations.NullMarked;
