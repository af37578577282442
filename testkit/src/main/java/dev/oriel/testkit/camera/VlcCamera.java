package dev.oriel.testkit.camera;

import dev.oriel.testkit.process.ChildProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A camera by VLC's RTSP server, which serves over UDP only (461 for anything else), plays five minutes made by FFmpeg, and
 * announces each track under a control URL of its own. Its process ends with {@link #close} and with this Java machine,
 * however that ends. Thread-safe.
 */
public final class VlcCamera implements ForeignCamera {

    private static final Duration STARTED = Duration.ofSeconds(20);
    private static final int PIECE_SECONDS = 4;
    private static final int CLIP_SECONDS = 300;

    private final ChildProcess vlc;
    private final Path folder;
    private final URI uri;

    private VlcCamera(ChildProcess vlc, Path folder, URI uri) {
        this.vlc = vlc;
        this.folder = folder;
        this.uri = uri;
    }

    /**
     * Starts a camera of H.264 and A-law, a keyframe each second, and waits until it listens.
     *
     * @throws IOException when VLC or FFmpeg is missing; says what was printed
     */
    public static VlcCamera start() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("oriel-vlc");
        ChildProcess vlc = null;
        try {
            // VLC runs as somebody else than who made the folder.
            folder.toFile().setExecutable(true, false);
            folder.toFile().setReadable(true, false);
            Path clip = folder.resolve("clip.mkv");
            makeClip(clip);
            clip.toFile().setReadable(true, false);
            int port = freePort();
            vlc = ChildProcess.start("vlc", command(clip, port));
            vlc.awaitPort("127.0.0.1", port, STARTED);
            return new VlcCamera(vlc, folder, URI.create("rtsp://127.0.0.1:" + port + "/stream"));
        } catch (IOException | InterruptedException | RuntimeException e) {
            if (vlc != null) {
                vlc.close();
            }
            remove(folder);
            throw e;
        }
    }

    @Override
    public URI uri() {
        return uri;
    }

    @Override
    public String output() {
        return vlc.output();
    }

    @Override
    public void close() {
        vlc.close();
        remove(folder);
    }

    private static List<String> command(Path clip, int port) {
        // VLC refuses to run as root.
        List<String> privileges =
                ChildProcess.runsAsRoot() ? List.of("--reuid=65534", "--regid=65534", "--clear-groups") : List.of();
        List<String> command = new ArrayList<>(List.of("env", "HOME=/nonexistent", "cvlc", "--no-video-title-show"));
        command.addAll(List.of("--rtsp-host=127.0.0.1", clip.toString()));
        command.addAll(List.of("--sout", "#rtp{sdp=rtsp://127.0.0.1:" + port + "/stream}"));
        return ChildProcess.endingWithInput(privileges, command);
    }

    /** So long that it does not end while a test runs: VLC takes its tracks away when it begins anew, and those who watch too. */
    private static void makeClip(Path clip) throws IOException, InterruptedException {
        Path piece = clip.resolveSibling("piece.mkv");
        List<String> command = new ArrayList<>(List.of("-f", "lavfi", "-i"));
        command.addAll(List.of("testsrc2=size=640x360:rate=" + Scene.RATE, "-f", "lavfi", "-i"));
        command.addAll(List.of("sine=frequency=440:sample_rate=8000", "-t", Integer.toString(PIECE_SECONDS)));
        command.addAll(List.of("-c:v", "libx264", "-preset", "veryfast", "-g", Integer.toString(Scene.RATE)));
        command.addAll(List.of("-bf", "0", "-pix_fmt", "yuv420p", "-c:a", "pcm_alaw"));
        try {
            make(command, piece);
            String again = Integer.toString(CLIP_SECONDS / PIECE_SECONDS - 1);
            make(List.of("-stream_loop", again, "-i", piece.toString(), "-c", "copy"), clip);
        } finally {
            Files.deleteIfExists(piece);
        }
    }

    private static void make(List<String> options, Path file) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error"));
        command.addAll(options);
        command.add(file.toString());
        try (ChildProcess ffmpeg = ChildProcess.start("ffmpeg", command)) {
            if (!ffmpeg.awaitEnd(STARTED) || !Files.exists(file)) {
                throw new IOException("FFmpeg made no clip. It said:\n" + ffmpeg.output());
            }
        }
    }

    // VLC cannot be given port 0.
    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static void remove(Path folder) {
        folder.resolve("clip.mkv").toFile().delete();
        folder.toFile().delete();
    }
}
