/** The pages for people and what they ask the server for. */
@NullMarked
package dev.oriel.signaling.page;

import org.jspecify.annotations.NullMarked;
