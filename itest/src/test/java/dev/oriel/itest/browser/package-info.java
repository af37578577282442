/** Oriel's pages in a real browser, judged by the picture that it shows and the sound that it gets. */
@NullMarked
package dev.oriel.itest.browser;

import org.jspecify.annotations.NullMarked;
