package dev.oriel.protocol.ice;

/** Who chooses the pair (RFC 8445 section 6.1.1). */
public enum IceRole {
    /** The viewer does; so it is but for one that speaks ICE-lite. */
    CONTROLLED,
    /** This side does, since the viewer only answers (RFC 8445 section 2.5). */
    CONTROLLING
}
