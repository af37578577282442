package dev.oriel.testkit.camera;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** GStreamer's RTSP server, run by a Python script. */
final class RtspServer {

    private static final Duration STARTED = Duration.ofSeconds(20);

    private RtspServer() {}

    /**
     * Starts it.
     *
     * @param options the script's command line
     * @param cable the network it stands in
     * @throws IOException when Python or GStreamer is missing; says what was printed
     */
    static ChildProcess start(List<String> options, Optional<Cable> cable) throws IOException {
        List<String> command = PythonScript.command("camera.py", options);
        return ChildProcess.start(
                "gst-rtsp-server", cable.map(laid -> laid.within(command)).orElse(command));
    }

    /** Waits until it listens. */
    static int port(ChildProcess server) throws IOException, InterruptedException {
        return Integer.parseInt(server.awaitLine("PORT ", STARTED));
    }
}
