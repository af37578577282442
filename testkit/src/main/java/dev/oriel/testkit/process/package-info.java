/** Programs and scripts that tests start: they are watched, told commands, and end with who started them. */
@NullMarked
package dev.oriel.testkit.process;

import org.jspecify.annotations.NullMarked;
