package dev.oriel.core.camera;

import dev.oriel.api.camera.CameraOptions;
import dev.oriel.api.camera.CameraOptions.Audio;
import dev.oriel.api.camera.CameraOptions.Login;
import dev.oriel.api.camera.CameraOptions.Running;
import dev.oriel.api.camera.CameraOptions.Transport;
import dev.oriel.api.camera.Credentials;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.camera.StreamName;
import dev.oriel.api.camera.Trust;
import dev.oriel.api.media.Bytes;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * A camera as its configuration describes it, read and checked.
 *
 * @param name the name viewers ask for
 * @param location where it is
 * @param options how it is run
 * @param substream where its second stream is
 */
record CameraConfiguration(
        StreamName name, SourceLocation location, CameraOptions options, Optional<SourceLocation> substream) {

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
        SourceLocation location = location(pid, url, properties);
        Optional<SourceLocation> substream = text(properties, "substreamUrl")
                .map(second -> parsed(pid, "substreamUrl", second))
                .map(second -> second.credentials() instanceof Credentials.None
                        ? second.withCredentials(location.credentials())
                        : second);
        return new CameraConfiguration(name(pid, properties), location, options(pid, properties), substream);
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
        SourceLocation location = parsed(pid, "url", url);
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

    private static SourceLocation parsed(String pid, String key, String url) {
        try {
            return SourceLocation.parse(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(sentence(pid, key, String.valueOf(e.getMessage())), e);
        }
    }

    private static CameraOptions options(String pid, Map<String, Object> properties) {
        Running running = truth(pid, properties, "alwaysOn", false) ? Running.ALWAYS : Running.ON_DEMAND;
        Audio audio = truth(pid, properties, "audio", true) ? Audio.TAKEN : Audio.IGNORED;
        CameraOptions options = CameraOptions.DEFAULT
                .with(running)
                .with(audio)
                .with(transport(pid, properties))
                .with(truth(pid, properties, "basicAuth", true) ? Login.ANY : Login.NO_BASIC)
                .with(trust(pid, properties));
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

    private static Transport transport(String pid, Map<String, Object> properties) {
        return switch (text(properties, "transport").orElse("auto")) {
            case "auto" -> Transport.AUTO;
            case "tcp" -> Transport.TCP;
            case "udp" -> Transport.UDP;
            case "multicast" -> Transport.MULTICAST;
            default ->
                throw new IllegalArgumentException(sentence(pid, "transport", "it is auto, tcp, udp or multicast."));
        };
    }

    /** A fingerprint wins; what stands beside it is checked all the same. */
    private static Trust trust(String pid, Map<String, Object> properties) {
        Trust trust = switch (text(properties, "tlsTrust").orElse("authorities")) {
            case "authorities" -> Trust.AUTHORITIES;
            case "anybody" -> Trust.ANYBODY;
            default -> throw new IllegalArgumentException(sentence(pid, "tlsTrust", "it is authorities or anybody."));
        };
        return text(properties, "tlsFingerprint").map(hex -> pinned(pid, hex)).orElse(trust);
    }

    private static Trust pinned(String pid, String hex) {
        if (!hex.matches("[0-9A-Fa-f]{64}|[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){31}")) {
            throw new IllegalArgumentException(sentence(
                    pid,
                    "tlsFingerprint",
                    "it is a SHA-256 fingerprint: 64 hexadecimal digits, in pairs with colons between or without."));
        }
        return new Trust.Pinned(Bytes.copyOf(HexFormat.of().parseHex(hex.replace(":", ""))));
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
