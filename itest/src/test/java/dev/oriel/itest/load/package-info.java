/** What takes minutes: many cameras at once and many sessions one after the other. Run by {@code ./verify --long}. */
@NullMarked
package dev.oriel.itest.load;

import org.jspecify.annotations.NullMarked;
