/**
 * A camera that follows a written dialogue, so that what one camera does wrong is a text that people can read and a test can
 * play: against the protocol machine without a socket, and against the whole ingest over a real one.
 *
 * <p>It knows RTSP by itself and uses none of the code under test.
 */
@NullMarked
package dev.oriel.testkit.scripted;

import org.jspecify.annotations.NullMarked;
