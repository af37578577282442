package dev.oriel.testkit.camera;

import dev.oriel.testkit.process.ChildProcess;
import dev.oriel.testkit.process.PythonScript;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A camera by GStreamer's RTSP server: any {@link Scene}, served in any way of {@link Serving}. Its process ends with
 * {@link #close} and with this Java machine, however that ends. Thread-safe.
 */
public final class GstreamerCamera implements ForeignCamera {

    private static final Duration STARTED = Duration.ofSeconds(20);

    private final ChildProcess server;
    private final URI uri;

    private GstreamerCamera(ChildProcess server, URI uri) {
        this.server = server;
        this.uri = uri;
    }

    /** Starts a camera that lets everybody in. */
    public static GstreamerCamera start(Scene scene) throws IOException, InterruptedException {
        return start(scene, Serving.DEFAULT);
    }

    /** Starts a camera that asks for a password. */
    public static GstreamerCamera start(Scene scene, Login login) throws IOException, InterruptedException {
        return start(scene, Serving.DEFAULT.with(login));
    }

    /**
     * Starts a camera and waits until it listens.
     *
     * @throws IOException when Python, GStreamer or one of its plug-ins is missing; says what was printed
     */
    public static GstreamerCamera start(Scene scene, Serving serving) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(List.of(
                "--video=" + scene.video().word(),
                "--audio=" + scene.audio().word(),
                "--gop=" + scene.gopFrames(),
                "--width=" + scene.width(),
                "--height=" + scene.height(),
                "--rate=" + Scene.RATE,
                "--parameters=" + (scene.parameterSets() == Scene.ParameterSets.SDP_ONLY ? "sdp" : "in-band")));
        options.addAll(serving.options());
        ChildProcess server = startServer(options, serving.cable());
        try {
            return new GstreamerCamera(server, URI.create(serving.root(port(server)) + "/stream"));
        } catch (IOException | InterruptedException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    @Override
    public URI uri() {
        return uri;
    }

    @Override
    public String output() {
        return server.output();
    }

    /** Makes the band across the top of its picture bright, from the next picture on; it is dark to begin with. */
    public void brighten() throws IOException, InterruptedException {
        server.say("mark bright");
    }

    /** Stops sending media; requests are answered as before. */
    public void stall() throws IOException, InterruptedException {
        server.say("stall");
    }

    /** Sends media again. */
    public void resume() throws IOException, InterruptedException {
        server.say("resume");
    }

    /** Stops it altogether, as a program that hangs: connections stay, are even accepted, and nobody answers. */
    public void freeze() throws IOException, InterruptedException {
        server.signal("STOP");
    }

    /** Lets it go on. */
    public void thaw() throws IOException, InterruptedException {
        server.signal("CONT");
    }

    @Override
    public void close() {
        server.close();
    }

    /**
     * Starts GStreamer's RTSP server.
     *
     * @param options the script's command line
     * @param cable the network it stands in
     * @throws IOException when Python or GStreamer is missing; says what was printed
     */
    static ChildProcess startServer(List<String> options, Optional<Cable> cable) throws IOException {
        List<String> command = PythonScript.command(GstreamerCamera.class, "camera.py", options);
        return ChildProcess.start(
                "gst-rtsp-server", cable.map(laid -> laid.within(command)).orElse(command));
    }

    /** Waits until it listens. */
    static int port(ChildProcess server) throws IOException, InterruptedException {
        return Integer.parseInt(server.awaitLine("PORT ", STARTED));
    }
}
