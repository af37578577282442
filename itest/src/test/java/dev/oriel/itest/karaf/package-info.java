/**
 * Oriel in a real Apache Karaf: installed as users install it, used by another bundle, and with each part replaced while
 * others run.
 */
@NullMarked
package dev.oriel.itest.karaf;

import org.jspecify.annotations.NullMarked;
