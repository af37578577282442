package dev.oriel.testkit.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The Python scripts of this module, each beside the class that runs it. */
public final class PythonScript {

    private PythonScript() {}

    /**
     * A command line that runs one of them.
     *
     * @param beside the class it lies beside
     * @param name its file name
     * @param options its command line
     */
    public static List<String> command(Class<?> beside, String name, List<String> options) throws IOException {
        return command(python(), beside, name, options);
    }

    /** The same with an interpreter of one's own choice. */
    public static List<String> command(String python, Class<?> beside, String name, List<String> options)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(python, "-u", "-c", script(beside, name)));
        command.addAll(options);
        return command;
    }

    // The modules of Debian's GStreamer are those of Debian's Python; another one before it on the path lacks them.
    private static String python() {
        String debians = "/usr/bin/python3";
        return Files.isExecutable(Path.of(debians)) ? debians : "python3";
    }

    private static String script(Class<?> beside, String name) throws IOException {
        try (InputStream script = beside.getResourceAsStream(name)) {
            if (script == null) {
                throw new IOException(name + " is not on the class path");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
