/** Cameras of other makers, watched through the packaged distribution by a real libwebrtc. */
@NullMarked
package dev.oriel.itest.camera;

import org.jspecify.annotations.NullMarked;
