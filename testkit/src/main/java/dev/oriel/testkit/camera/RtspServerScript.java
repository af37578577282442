package dev.oriel.testkit.camera;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** GStreamer's RTSP server, run by the Python script beside this class. */
final class RtspServerScript {

    private static final Duration STARTED = Duration.ofSeconds(20);

    private RtspServerScript() {}

    /**
     * Starts it and waits for its port.
     *
     * @param options the script's command line
     * @throws IOException when Python or GStreamer is missing; says what was printed
     */
    static ChildProcess start(List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(python(), "-u", "-c", script()));
        command.addAll(options);
        return ChildProcess.start("gst-rtsp-server", command);
    }

    static int port(ChildProcess server) throws IOException, InterruptedException {
        return Integer.parseInt(server.awaitLine("PORT ", STARTED));
    }

    // The modules of Debian's GStreamer are those of Debian's Python; another one before it on the path lacks them.
    private static String python() {
        String debians = "/usr/bin/python3";
        return Files.isExecutable(Path.of(debians)) ? debians : "python3";
    }

    private static String script() throws IOException {
        try (InputStream script = RtspServerScript.class.getResourceAsStream("camera.py")) {
            if (script == null) {
                throw new IOException("camera.py is not on the class path");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
