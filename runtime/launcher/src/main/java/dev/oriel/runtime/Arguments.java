package dev.oriel.runtime;

import dev.oriel.api.camera.StreamName;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a command line asks for.
 *
 * @param cameras in the order in which they were named; names are unique
 * @param port of the page, 0 for any free one; absent when not given
 * @param mediaPort the UDP port of the media, 0 for any free one; absent when not given
 * @param imported a configuration of another server to take cameras from
 * @param configuration a folder with configurations for Config Admin
 * @param demo whether the demo camera runs
 * @param help whether the user only wants to read how to use the command
 */
record Arguments(
        List<Camera> cameras,
        OptionalInt port,
        OptionalInt mediaPort,
        Optional<Path> imported,
        Optional<Path> configuration,
        Demo demo,
        Help help) {

    /** Whether the demo camera runs. */
    enum Demo {
        ON,
        OFF
    }

    /** Whether help was asked for. */
    enum Help {
        WANTED,
        NOT_WANTED
    }

    static final String USAGE = """
            Usage: run [OPTION...] [NAME=URL | URL]...

            Shows RTSP cameras in the browser. A demo camera named "demo" is always there.

              NAME=URL        a camera, such as garden=rtsp://user:password@192.168.1.20/stream1
              URL             a camera that is named camera1, camera2, ...
              --port N        port of the page, 0 for a free one (default 8083)
              --media-port N  UDP port of the media, 0 for a free one (default 8189)
              --import FILE   take the cameras of a config.json of RTSPtoWeb or RTSPtoWebRTC
              --config DIR    apply the configurations of a folder: PID.cfg, PID~NAME.cfg (key=value lines) or .json
              --no-demo       leave out the demo camera
              --help          this text
            """;

    Arguments {
        cameras = List.copyOf(cameras);
    }

    /**
     * Reads a command line.
     *
     * @throws UsageException with a sentence about the first thing that cannot be followed; it repeats no URL
     */
    static Arguments parse(List<String> words) throws UsageException {
        Deque<String> rest = new ArrayDeque<>(words);
        Map<StreamName, Camera> cameras = new LinkedHashMap<>();
        List<String> unnamed = new ArrayList<>();
        OptionalInt port = OptionalInt.empty();
        OptionalInt mediaPort = OptionalInt.empty();
        Optional<Path> imported = Optional.empty();
        Optional<Path> configuration = Optional.empty();
        Demo demo = Demo.ON;
        Help help = Help.NOT_WANTED;
        while (!rest.isEmpty()) {
            String word = rest.removeFirst();
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            String option = equals < 0 ? word : word.substring(0, equals);
            if (equals >= 0) {
                rest.addFirst(word.substring(equals + 1));
            }
            switch (option) {
                case "--port" -> port = OptionalInt.of(port(value(option, rest)));
                case "--media-port" -> mediaPort = OptionalInt.of(port(value(option, rest)));
                case "--import" -> imported = Optional.of(path(value(option, rest)));
                case "--config" -> configuration = Optional.of(path(value(option, rest)));
                case "--no-demo" -> demo = Demo.OFF;
                case "--help", "-h" -> help = Help.WANTED;
                default -> {
                    if (option.startsWith("-")) {
                        throw new UsageException("There is no option " + option + "; --help lists them.");
                    }
                    readCamera(word, cameras, unnamed);
                }
            }
        }
        nameTheUnnamed(unnamed, cameras);
        return new Arguments(List.copyOf(cameras.values()), port, mediaPort, imported, configuration, demo, help);
    }

    private static void readCamera(String word, Map<StreamName, Camera> cameras, List<String> unnamed)
            throws UsageException {
        int equals = word.indexOf('=');
        int scheme = word.indexOf("://");
        if (scheme < 0) {
            throw new UsageException(
                    equals < 0
                            ? "\"" + word
                                    + "\" is neither an option nor a camera; a camera is NAME=rtsp://... or rtsp://..."
                            : "The camera \"" + word.substring(0, equals) + "\" has no URL such as rtsp://host/path.");
        }
        if (equals < 0 || equals > scheme) {
            unnamed.add(word);
            return;
        }
        String name = word.substring(0, equals);
        if (!StreamName.isValid(name)) {
            throw new UsageException("\"" + name + "\" cannot be a camera's name: it has 1 to 128 characters,"
                    + " each a letter, a digit or one of . _ ~ = % -");
        }
        Camera camera = camera(new StreamName(name), word.substring(equals + 1));
        if (cameras.putIfAbsent(camera.name(), camera) != null) {
            throw new UsageException("There are two cameras named \"" + name + "\".");
        }
    }

    private static void nameTheUnnamed(List<String> urls, Map<StreamName, Camera> cameras) throws UsageException {
        int number = 1;
        for (String url : urls) {
            while (cameras.containsKey(new StreamName("camera" + number))) {
                number++;
            }
            StreamName name = new StreamName("camera" + number);
            cameras.put(name, camera(name, url));
        }
    }

    private static Camera camera(StreamName name, String url) throws UsageException {
        try {
            return Camera.at(name, url);
        } catch (IllegalArgumentException e) {
            throw new UsageException("The URL of camera \"" + name + "\" cannot be used. " + e.getMessage() + ".");
        }
    }

    private static String value(String option, Deque<String> rest) throws UsageException {
        if (rest.isEmpty()) {
            throw new UsageException("The option " + option + " needs a value.");
        }
        return rest.removeFirst();
    }

    private static Path path(String text) throws UsageException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UsageException("\"" + text + "\" is not a path.");
        }
    }

    private static int port(String text) throws UsageException {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65535) {
            throw new UsageException("A port lies between 0 and 65535, and \"" + text + "\" does not.");
        }
        return Integer.parseInt(text);
    }
}
