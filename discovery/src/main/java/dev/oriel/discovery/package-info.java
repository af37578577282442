/** What kind of streaming server answers at an address: one probe for each kind, and the service that asks them all. */
@NullMarked
package dev.oriel.discovery;

import org.jspecify.annotations.NullMarked;
