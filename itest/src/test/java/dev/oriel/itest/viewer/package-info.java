/** What viewers are answered when something is wrong, and what they get when much is asked. */
@NullMarked
package dev.oriel.itest.viewer;

import org.jspecify.annotations.NullMarked;
