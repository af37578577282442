package dev.oriel.testkit.scripted;

import java.util.List;

/** What scripts and descriptions there are; the resource {@code index.txt} lists them. */
public final class Scripts {

    private Scripts() {}

    /** The names of all scripts. */
    public static List<String> names() {
        return Script.resource("index.txt")
                .lines()
                .filter(line -> !line.contains("/"))
                .toList();
    }

    /** The names of all camera descriptions. */
    public static List<String> descriptions() {
        return Script.resource("index.txt")
                .lines()
                .filter(line -> line.startsWith("sdp/"))
                .map(line -> line.substring(4))
                .toList();
    }
}
