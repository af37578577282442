/**
 * Viewers that decode nothing: ICE, DTLS, SRTP and counting, hundreds of them on one thread. With them a server is loaded,
 * measured, and left by thousands; whether there is a picture, they do not see.
 */
@NullMarked
package dev.oriel.testkit.viewer.light;

import org.jspecify.annotations.NullMarked;
