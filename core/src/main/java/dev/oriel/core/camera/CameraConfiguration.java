package dev.oriel.core.camera;

import dev.oriel.api.camera.CameraOptions;
import dev.oriel.api.camera.CameraOptions.Audio;
import dev.oriel.api.camera.CameraOptions.Running;
import dev.oriel.api.camera.Credentials;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.camera.StreamName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A camera as its configuration describes it, read and checked.
 *
 * @param name the name viewers ask for
 * @param location where it is
 * @param options how it is run
 */
record CameraConfiguration(StreamName name, SourceLocation location, CameraOptions options) {

    static final String FACTORY_PID = "dev.oriel.camera";

    /**
     * Reads the properties of a configuration; values may be typed or texts.
     *
     * @throws IllegalArgumentException with a sentence that names the configuration and the key, and never the value
     */
    static CameraConfiguration read(Map<String, Object> properties) {
        String pid = text(properties, "service.pid").orElse(FACTORY_PID);
        String url = text(properties, "url")
                .orElseThrow(() -> new IllegalArgumentException(sentence(pid, "url", "it is missing.")));
        return new CameraConfiguration(name(pid, properties), location(pid, url, properties), options(pid, properties));
    }

    private static StreamName name(String pid, Map<String, Object> properties) {
        Optional<String> given = text(properties, "name");
        String suffix = pid.startsWith(FACTORY_PID + "~") ? pid.substring(FACTORY_PID.length() + 1) : "";
        String name = given.orElse(suffix);
        if (!StreamName.isValid(name)) {
            throw new IllegalArgumentException(sentence(
                    pid,
                    "name",
                    given.isPresent()
                            ? "a name has 1 to 128 characters, each a letter, a digit or one of . _ ~ = % -"
                            : "it is missing, and the configuration's own name cannot stand in."));
        }
        return new StreamName(name);
    }

    private static SourceLocation location(String pid, String url, Map<String, Object> properties) {
        SourceLocation location;
        try {
            location = SourceLocation.parse(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(sentence(pid, "url", String.valueOf(e.getMessage())), e);
        }
        Optional<String> user = text(properties, "user");
        // A leading dot keeps a property out of sight of other bundles, so some write it so.
        Optional<String> password = secret(properties, "password").or(() -> secret(properties, ".password"));
        if (user.isEmpty() && password.isEmpty()) {
            return location;
        }
        Credentials.UserPassword before = location.credentials() instanceof Credentials.UserPassword inUrl
                ? inUrl
                : new Credentials.UserPassword("", "");
        return location.withCredentials(
                new Credentials.UserPassword(user.orElse(before.user()), password.orElse(before.password())));
    }

    private static CameraOptions options(String pid, Map<String, Object> properties) {
        Running running = truth(pid, properties, "alwaysOn", false) ? Running.ALWAYS : Running.ON_DEMAND;
        Audio audio = truth(pid, properties, "audio", true) ? Audio.TAKEN : Audio.IGNORED;
        CameraOptions options = CameraOptions.DEFAULT.with(running).with(audio);
        Optional<String> seconds = text(properties, "lingerSeconds");
        if (seconds.isPresent()) {
            try {
                return options.withLinger(Duration.ofSeconds(Integer.parseInt(seconds.get())));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        sentence(pid, "lingerSeconds", "it is a whole number from 0 to 3600."), e);
            }
        }
        return options;
    }

    private static boolean truth(String pid, Map<String, Object> properties, String key, boolean otherwise) {
        return text(properties, key)
                .map(value -> switch (value) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new IllegalArgumentException(sentence(pid, key, "it is true or false."));
                })
                .orElse(otherwise);
    }

    private static Optional<String> text(Map<String, Object> properties, String key) {
        return secret(properties, key).map(String::strip).filter(value -> !value.isEmpty());
    }

    private static Optional<String> secret(Map<String, Object> properties, String key) {
        return Optional.ofNullable(properties.get(key)).map(String::valueOf).filter(value -> !value.isEmpty());
    }

    private static String sentence(String pid, String key, String problem) {
        return "The camera configuration " + pid + " cannot be used because of its " + key + ": " + problem;
    }
}
