package dev.oriel.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.oriel.api.camera.CameraOptions.Audio;
import dev.oriel.api.camera.CameraOptions.Running;
import dev.oriel.api.camera.StreamName;
import dev.oriel.api.camera.Trust;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What a {@code config.json} of RTSPtoWeb 2.3 or RTSPtoWebRTC 1.1 says about cameras and the port.
 *
 * <p>Unknown keys are passed over. What is said keeps its meaning, including what those servers do when nothing is said: a
 * camera without {@code on_demand} is always open, and RTSPtoWeb passes sound on only where {@code audio} is true.
 *
 * @param cameras a stream's channel {@code 0} under the stream's own name, other channels as {@code name~channel}
 * @param port of {@code server.http_port}, absent where none is given
 * @param notes a sentence for each thing that is not taken over and that the user has to know
 */
record ImportedServer(List<Camera> cameras, OptionalInt port, List<String> notes) {

    ImportedServer {
        cameras = List.copyOf(cameras);
        notes = List.copyOf(notes);
    }

    /**
     * Reads the text of such a file.
     *
     * @throws UsageException if it is not JSON, or no such configuration
     */
    static ImportedServer parse(String json) throws UsageException {
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new UsageException("The file to import is not JSON: there is an error in line "
                    + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr() + ".");
        }
        if (!root.path("streams").isObject()) {
            throw new UsageException(
                    "The file to import has no \"streams\", so it is no configuration of RTSPtoWeb or RTSPtoWebRTC.");
        }
        List<Camera> cameras = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (Map.Entry<String, JsonNode> stream : root.path("streams").properties()) {
            JsonNode channels = stream.getValue().path("channels");
            if (!channels.isObject()) {
                Audio audio = stream.getValue().path("disable_audio").asBoolean(false) ? Audio.IGNORED : Audio.TAKEN;
                read(
                        stream.getKey(),
                        stream.getValue(),
                        running(stream.getValue()),
                        audio,
                        Trust.AUTHORITIES,
                        cameras,
                        notes);
                continue;
            }
            for (Map.Entry<String, JsonNode> channel : channels.properties()) {
                String name = channel.getKey().equals("0") ? stream.getKey() : stream.getKey() + "~" + channel.getKey();
                JsonNode said = channel.getValue();
                JsonNode defaults = root.path("channel_defaults");
                // In RTSPtoWeb a default that is set wins over what the channel says.
                Running running = running(defaults) == Running.ON_DEMAND ? Running.ON_DEMAND : running(said);
                read(name, said, running, audio(root, defaults, said), trust(defaults, said), cameras, notes);
            }
        }
        if (!root.path("server").path("http_login").asText("").isEmpty()) {
            notes.add("The login of the imported server is not taken over: whoever reaches the page sees the cameras.");
        }
        return new ImportedServer(cameras, port(root.path("server").path("http_port")), notes);
    }

    private static void read(
            String name,
            JsonNode said,
            Running running,
            Audio audio,
            Trust trust,
            List<Camera> cameras,
            List<String> notes) {
        if (!StreamName.isValid(name)) {
            notes.add("The stream \"" + name.replaceAll("\\p{Cntrl}", "?")
                    + "\" is left out: a name has letters, digits and . _ ~ = % - only.");
            return;
        }
        try {
            cameras.add(new Camera(new StreamName(name), said.path("url").asText(""), running, audio, trust));
        } catch (IllegalArgumentException e) {
            notes.add("The stream \"" + name + "\" is left out. " + e.getMessage() + ".");
        }
    }

    private static Running running(JsonNode said) {
        return said.path("on_demand").asBoolean(false) ? Running.ON_DEMAND : Running.ALWAYS;
    }

    private static Trust trust(JsonNode defaults, JsonNode said) {
        String key = "insecure_skip_verify";
        boolean anybody = defaults.path(key).asBoolean(false) || said.path(key).asBoolean(false);
        return anybody ? Trust.ANYBODY : Trust.AUTHORITIES;
    }

    private static Audio audio(JsonNode root, JsonNode defaults, JsonNode said) {
        boolean taken = defaults.path("audio").asBoolean(false)
                || (said.has("audio")
                        ? said.path("audio").asBoolean(false)
                        : root.path("server").path("defaults").path("audio").asBoolean(false));
        return taken ? Audio.TAKEN : Audio.IGNORED;
    }

    /** Of {@code ":8083"}, {@code "8083"}, {@code "0.0.0.0:8083"} or a number. */
    private static OptionalInt port(JsonNode said) {
        String text = said.asText("");
        String digits = text.substring(text.lastIndexOf(':') + 1);
        if (!digits.matches("\\d{1,5}") || Integer.parseInt(digits) > 65535) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(Integer.parseInt(digits));
    }
}
