/** What a camera is called, where it is, and how to be let in. */
@NullMarked
@Version("0.1.0")
package dev.oriel.api.camera;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
