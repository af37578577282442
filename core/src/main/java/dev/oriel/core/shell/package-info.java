/** Commands for the shell of Karaf and of plain Gogo. */
@NullMarked
package dev.oriel.core.shell;

import org.jspecify.annotations.NullMarked;
