/** What long tests look at: whether a process holds more and more. */
@NullMarked
package dev.oriel.testkit.load;

import org.jspecify.annotations.NullMarked;
