/** Why a viewer got no picture, as types that carry their data. */
@NullMarked
@Version("0.1.0")
package dev.oriel.api.failure;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
