/** Services of other bundles, best first, as they come and go. */
@NullMarked
package dev.oriel.core.service;

import org.jspecify.annotations.NullMarked;
