package dev.oriel.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A folder with one file per configuration: {@code PID.cfg} or {@code PID~name.cfg} with key=value lines, or {@code .json}. */
final class ConfigurationFolder {

    private ConfigurationFolder() {}

    /**
     * Reads the folder's files; others than {@code .cfg} and {@code .json} are passed over.
     *
     * @return PID to its properties
     * @throws UsageException if the folder or one of the files cannot be read
     */
    static Map<String, Map<String, Object>> read(Path folder) throws UsageException {
        if (!Files.isDirectory(folder)) {
            throw new UsageException("There is no folder " + folder + ".");
        }
        Map<String, Map<String, Object>> configurations = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                int dot = name.lastIndexOf('.');
                String extension = dot < 0 ? "" : name.substring(dot + 1);
                if (extension.equals("cfg")) {
                    configurations.put(name.substring(0, dot), properties(name, Files.readString(file)));
                } else if (extension.equals("json")) {
                    configurations.put(name.substring(0, dot), json(name, Files.readString(file)));
                }
            }
        } catch (IOException e) {
            throw new UsageException("The folder " + folder + " cannot be read: " + e.getMessage() + ".");
        }
        return configurations;
    }

    static Map<String, Object> properties(String file, String text) throws UsageException {
        Properties read = new Properties();
        try (Reader reader = new StringReader(text)) {
            read.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new UsageException("The file " + file + " has no key=value lines: " + e.getMessage() + ".");
        }
        Map<String, Object> properties = new TreeMap<>();
        read.stringPropertyNames()
                .forEach(key -> properties.put(key, read.getProperty(key).strip()));
        return properties;
    }

    static Map<String, Object> json(String file, String text) throws UsageException {
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new UsageException("The file " + file + " is not JSON: there is an error in line "
                    + e.getLocation().getLineNr() + ".");
        }
        if (!root.isObject()) {
            throw new UsageException("The file " + file + " holds no JSON object.");
        }
        Map<String, Object> properties = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : root.properties()) {
            properties.put(entry.getKey(), value(file, entry.getKey(), entry.getValue()));
        }
        return properties;
    }

    private static Object value(String file, String key, JsonNode node) throws UsageException {
        if (node.isBoolean()) {
            return node.asBoolean();
        }
        if (node.isIntegralNumber()) {
            return node.asLong();
        }
        if (node.isNumber()) {
            return node.asDouble();
        }
        if (node.isTextual()) {
            return node.asText();
        }
        if (node.isArray()) {
            List<String> items = new ArrayList<>();
            node.forEach(item -> items.add(item.asText()));
            return items.toArray(String[]::new);
        }
        throw new UsageException("In the file " + file + " the value of \"" + key + "\" is neither simple nor a list.");
    }
}
