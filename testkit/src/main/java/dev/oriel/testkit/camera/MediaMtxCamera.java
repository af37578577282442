package dev.oriel.testkit.camera;

import dev.oriel.api.time.Ambient;
import dev.oriel.testkit.process.ChildProcess;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A camera by MediaMTX, to which FFmpeg publishes: over TCP, UDP and multicast, plain and encrypted, at the far end of a cable,
 * where all its ports are free. MediaMTX is in no Debian package, so look first whether it is {@link #installed}. Its
 * processes end with {@link #close} and with this Java machine. Thread-safe.
 */
public final class MediaMtxCamera implements ForeignCamera {

    private static final String PROGRAM = "mediamtx";
    private static final int RTSP_PORT = 8554;
    private static final int RTSPS_PORT = 8322;
    private static final Duration STARTED = Duration.ofSeconds(20);

    private final ChildProcess server;
    private final ChildProcess ffmpeg;
    private final Path folder;
    private final String host;

    private MediaMtxCamera(ChildProcess server, ChildProcess ffmpeg, Path folder, String host) {
        this.server = server;
        this.ffmpeg = ffmpeg;
        this.folder = folder;
        this.host = host;
    }

    /** Whether MediaMTX is on the path. */
    @Ambient(reason = "looks for a program of this machine")
    public static boolean installed() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, PROGRAM)));
    }

    /**
     * Starts a camera and waits until FFmpeg publishes to it.
     *
     * @throws IOException when MediaMTX or FFmpeg is missing; says what was printed
     */
    public static MediaMtxCamera start(Scene scene, Cable cable, Certificate certificate)
            throws IOException, InterruptedException {
        // It writes certificates of its own where it stands.
        Path folder = Files.createTempDirectory("oriel-mediamtx");
        Path configuration = folder.resolve("mediamtx.yml");
        String host = cable.cameraHost();
        List<ChildProcess> started = new ArrayList<>();
        try {
            Files.write(configuration, configured(certificate));
            ChildProcess server = ChildProcess.start(
                    PROGRAM,
                    cable.within(ChildProcess.endingWithInput(
                            List.of(), List.of("env", "--chdir=" + folder, PROGRAM, configuration.toString()))));
            started.add(server);
            server.awaitPort(host, RTSP_PORT, STARTED);
            ChildProcess ffmpeg = ChildProcess.start(
                    "ffmpeg",
                    cable.within(FfmpegCamera.command(scene, "rtsp://" + host + ":" + RTSP_PORT + "/stream")));
            started.add(ffmpeg);
            server.awaitLine("PUBLISHED", STARTED);
            return new MediaMtxCamera(server, ffmpeg, folder, host);
        } catch (IOException | InterruptedException | RuntimeException e) {
            started.forEach(ChildProcess::close);
            remove(folder);
            throw e;
        }
    }

    @Override
    public URI uri() {
        return URI.create("rtsp://" + host + ":" + RTSP_PORT + "/stream");
    }

    /** Where it is encrypted. */
    public URI encryptedUri() {
        return URI.create("rtsps://" + host + ":" + RTSPS_PORT + "/stream");
    }

    @Override
    public String output() {
        return server.output() + "\n" + ffmpeg.output();
    }

    @Override
    public void close() {
        ffmpeg.close();
        server.close();
        remove(folder);
    }

    private static void remove(Path folder) {
        File[] files = folder.toFile().listFiles();
        for (File file : files == null ? new File[0] : files) {
            file.delete();
        }
        folder.toFile().delete();
    }

    private static List<String> configured(Certificate certificate) {
        List<String> lines = new ArrayList<>();
        for (String other : List.of("rtmp", "hls", "webrtc", "srt")) {
            lines.add(other + ": no");
        }
        lines.add("rtspEncryption: optional");
        lines.add("rtspServerKey: " + certificate.file());
        lines.add("rtspServerCert: " + certificate.file());
        lines.add("paths:");
        lines.add("  stream:");
        lines.add("    runOnReady: echo PUBLISHED");
        return lines;
    }
}
