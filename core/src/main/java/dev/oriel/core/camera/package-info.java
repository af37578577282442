/** The cameras that are known by name, and those among them that come from configuration. */
@NullMarked
package dev.oriel.core.camera;

import org.jspecify.annotations.NullMarked;
