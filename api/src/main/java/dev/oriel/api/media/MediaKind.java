package dev.oriel.api.media;

/** What a track carries. */
public enum MediaKind {
    VIDEO,
    AUDIO,
    /** Anything else, such as ONVIF metadata; named and counted, never sent to a viewer. */
    APPLICATION
}
