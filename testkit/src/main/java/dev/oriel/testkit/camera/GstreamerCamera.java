package dev.oriel.testkit.camera;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/**
 * A camera by GStreamer's RTSP server: x264 or x265 and G.711, open or with a Basic or Digest login. Its process ends
 * with {@link #close} and with this Java machine, however that ends. Thread-safe.
 */
public final class GstreamerCamera implements ForeignCamera {

    private final ChildProcess server;
    private final URI uri;

    private GstreamerCamera(ChildProcess server, URI uri) {
        this.server = server;
        this.uri = uri;
    }

    /** Starts a camera that lets everybody in. */
    public static GstreamerCamera start(Scene scene) throws IOException, InterruptedException {
        return start(scene, Login.OPEN);
    }

    /**
     * Starts a camera and waits until it listens.
     *
     * @throws IOException when Python, GStreamer or one of its plug-ins is missing; says what was printed
     */
    public static GstreamerCamera start(Scene scene, Login login) throws IOException, InterruptedException {
        ChildProcess server = RtspServerScript.start(List.of(
                "--video=" + scene.video().word(),
                "--audio=" + scene.audio().word(),
                "--gop=" + scene.gopFrames(),
                "--width=" + scene.width(),
                "--height=" + scene.height(),
                "--rate=" + Scene.RATE,
                "--parameters=" + (scene.parameterSets() == Scene.ParameterSets.SDP_ONLY ? "sdp" : "in-band"),
                "--login=" + login.scheme().name().toLowerCase(Locale.ROOT),
                "--user=" + login.user(),
                "--password=" + login.password()));
        try {
            return new GstreamerCamera(
                    server, URI.create("rtsp://127.0.0.1:" + RtspServerScript.port(server) + "/stream"));
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

    @Override
    public void close() {
        server.close();
    }
}
