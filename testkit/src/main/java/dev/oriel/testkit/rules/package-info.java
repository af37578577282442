/** The rules of the code as programs; each module has one test that runs them. */
@NullMarked
package dev.oriel.testkit.rules;

import org.jspecify.annotations.NullMarked;
