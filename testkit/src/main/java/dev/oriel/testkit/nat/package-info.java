/** A small internet in namespaces of Linux: a viewer and a server behind routers of every kind, STUN and TURN between them. */
@NullMarked
package dev.oriel.testkit.nat;

import org.jspecify.annotations.NullMarked;
