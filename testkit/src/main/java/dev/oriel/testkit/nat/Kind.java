package dev.oriel.testkit.nat;

import java.util.Locale;

/** How a router translates addresses (RFC 4787). */
public enum Kind {
    /** Not at all: it routes. */
    OPEN,
    /** One mapping for all, and everybody may send to it. */
    FULL_CONE,
    /** One mapping for all, and only who was sent to may send to it. */
    PORT_RESTRICTED,
    /** A mapping for each who is sent to, who alone may send to it. */
    SYMMETRIC;

    /** Its name in nat.py. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
