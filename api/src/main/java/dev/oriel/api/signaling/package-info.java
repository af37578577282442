/** The HTTP habits of the servers Oriel stands in for, without any servlet type. */
@NullMarked
@Version("0.1.0")
package dev.oriel.api.signaling;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
