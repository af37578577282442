/** The place where one camera session is shared by any number of sinks. */
@NullMarked
@Version("0.1.0")
package dev.oriel.api.hub;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
