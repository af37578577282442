package dev.oriel.runtime;

import dev.oriel.api.camera.CameraOptions.Audio;
import dev.oriel.api.camera.CameraOptions.Running;
import dev.oriel.api.camera.Trust;
import dev.oriel.runtime.Arguments.Demo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything that is decided before the framework starts.
 *
 * @param port of the page, 0 for any free one
 * @param configurations what Config Admin is told: PID, or factory PID and name joined by {@code ~}, to its properties
 */
record Settings(int port, Map<String, Map<String, Object>> configurations) {

    static final int DEFAULT_PORT = 8083;

    static final String HTTP_PID = "org.apache.felix.http";
    static final String HTTP_PORT = "org.osgi.service.http.port";
    static final String SIGNALING_PID = "dev.oriel.signaling";
    static final String EGRESS_PID = "dev.oriel.egress";
    static final String DEMO_PID = "dev.oriel.demo";
    static final String CAMERA_PID = "dev.oriel.camera";

    Settings {
        configurations = Map.copyOf(configurations);
    }

    /**
     * Joins what the user said. The command line wins over the folder, and the folder over the imported file; within one
     * PID key by key.
     */
    static Settings of(
            Arguments arguments, Optional<ImportedServer> imported, Map<String, Map<String, Object>> folder) {
        int port = arguments
                .port()
                .orElseGet(() -> imported.map(server -> server.port().orElse(DEFAULT_PORT))
                        .orElse(DEFAULT_PORT));
        Map<String, Map<String, Object>> joined = new TreeMap<>();
        put(joined, SIGNALING_PID, Map.of("prefix", "/"));
        List<Camera> cameras = new ArrayList<>();
        imported.ifPresent(server -> cameras.addAll(server.cameras()));
        cameras.forEach(camera -> put(joined, pid(camera), properties(camera)));
        folder.forEach((pid, properties) -> put(joined, pid, properties));
        arguments.cameras().forEach(camera -> put(joined, pid(camera), properties(camera)));
        put(joined, HTTP_PID, Map.of(HTTP_PORT, port));
        arguments.mediaPort().ifPresent(mediaPort -> put(joined, EGRESS_PID, Map.of("udpPort", mediaPort)));
        // A camera of the user's own that is named demo takes the place of the one that is built in.
        if (arguments.demo() == Demo.OFF || joined.containsKey(CAMERA_PID + "~demo")) {
            put(joined, DEMO_PID, Map.of("enabled", false));
        }
        return new Settings(port, joined);
    }

    private static void put(
            Map<String, Map<String, Object>> configurations, String pid, Map<String, Object> properties) {
        configurations.computeIfAbsent(pid, absent -> new TreeMap<>()).putAll(properties);
    }

    private static String pid(Camera camera) {
        return CAMERA_PID + "~" + camera.name();
    }

    /** What was said about a camera; what is usual goes without saying, so that a folder's word on it stands. */
    private static Map<String, Object> properties(Camera camera) {
        Map<String, Object> said = new TreeMap<>();
        said.put("name", camera.name().value());
        said.put("url", camera.url());
        if (camera.running() == Running.ALWAYS) {
            said.put("alwaysOn", true);
        }
        if (camera.audio() == Audio.IGNORED) {
            said.put("audio", false);
        }
        if (camera.trust().equals(Trust.ANYBODY)) {
            said.put("tlsTrust", "anybody");
        }
        return said;
    }
}
