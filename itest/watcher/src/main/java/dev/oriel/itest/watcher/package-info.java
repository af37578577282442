/**
 * A bundle as somebody else might write it: it looks Oriel's services up, watches a camera, and brings one of its own.
 */
@NullMarked
package dev.oriel.itest.watcher;

import org.jspecify.annotations.NullMarked;
