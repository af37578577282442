/** What the configuration says, read and checked once. */
@NullMarked
package dev.oriel.signaling.settings;

import org.jspecify.annotations.NullMarked;
