package dev.oriel.testkit.viewer.light;

/** How far a viewer goes; one that stops before the end stays there, silent, until it leaves. */
public enum Reach {
    /** It offers, takes the answer, and is never heard again. */
    ANSWERED,
    /** Its checks are answered and go on, but it never shakes hands. */
    CONNECTED,
    /** As before, but it has sent the first datagram of a handshake. */
    GREETED,
    /** It gets media. */
    WATCHING
}
