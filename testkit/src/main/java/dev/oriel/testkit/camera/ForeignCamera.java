package dev.oriel.testkit.camera;

import java.net.URI;

/** A running camera of somebody else's making. Thread-safe. */
public interface ForeignCamera extends AutoCloseable {

    /** Its RTSP address, without user and password. */
    URI uri();

    /** What it and its parts have printed so far, for the message of a failure. */
    String output();

    /** Ends it at once, without a goodbye to its viewers; returns when its processes are gone. May be called again. */
    @Override
    void close();
}
