/** Offers, answers and the sessions that come of them; {@link dev.oriel.api.viewer.StreamRelay} is the front door. */
@NullMarked
@Version("0.1.0")
package dev.oriel.api.viewer;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
