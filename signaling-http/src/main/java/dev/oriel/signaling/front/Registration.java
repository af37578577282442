package dev.oriel.signaling.front;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;

/** The properties under which a whiteboard takes a servlet (OSGi Compendium, HTTP Whiteboard); both servlet worlds share them. */
public final class Registration {

    private Registration() {}

    /** @param prefix empty for the whole server, or a path without a slash at its end */
    public static Dictionary<String, Object> properties(String prefix) {
        return new Hashtable<>(Map.of(
                "osgi.http.whiteboard.servlet.name",
                "oriel",
                "osgi.http.whiteboard.servlet.pattern",
                prefix + "/*",
                "osgi.http.whiteboard.servlet.asyncSupported",
                true));
    }
}
