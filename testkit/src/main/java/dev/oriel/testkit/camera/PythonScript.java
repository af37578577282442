package dev.oriel.testkit.camera;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The Python scripts beside this class. */
final class PythonScript {

    private PythonScript() {}

    /**
     * A command line that runs one of them.
     *
     * @param name its file name
     * @param options its command line
     */
    static List<String> command(String name, List<String> options) throws IOException {
        List<String> command = new ArrayList<>(List.of(python(), "-u", "-c", script(name)));
        command.addAll(options);
        return command;
    }

    // The modules of Debian's GStreamer are those of Debian's Python; another one before it on the path lacks them.
    private static String python() {
        String debians = "/usr/bin/python3";
        return Files.isExecutable(Path.of(debians)) ? debians : "python3";
    }

    private static String script(String name) throws IOException {
        try (InputStream script = PythonScript.class.getResourceAsStream(name)) {
            if (script == null) {
                throw new IOException(name + " is not on the class path");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
