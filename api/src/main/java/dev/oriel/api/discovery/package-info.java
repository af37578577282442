/** What kind of streaming server answers at an address, and how that is known. */
@NullMarked
@Version("0.1.0")
package dev.oriel.api.discovery;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
