package dev.oriel.api.hub;

/** Where a camera is in its life. */
public enum StreamState {
    /** Nobody asked for it. */
    IDLE,
    /** Being opened. */
    CONNECTING,
    /** Media flows. */
    ACTIVE,
    /** Media flows for nobody; closed soon. */
    LINGERING,
    /** The last attempt failed; tried again soon. */
    BACKOFF
}
