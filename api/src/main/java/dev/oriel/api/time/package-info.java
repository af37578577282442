/** Time as it is told to code that does not ask for it. */
@NullMarked
@Version("0.1.0")
package dev.oriel.api.time;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
