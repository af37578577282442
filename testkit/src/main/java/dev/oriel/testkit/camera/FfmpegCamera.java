package dev.oriel.testkit.camera;

import dev.oriel.testkit.process.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A camera by FFmpeg: its encoders and its RTP packets. FFmpeg is no RTSP server, so it publishes to GStreamer's, which
 * serves the packets and the parameter sets as FFmpeg made them; that needs no package beyond what
 * {@link GstreamerCamera} needs. Both processes end with {@link #close} and with this Java machine. Thread-safe.
 */
public final class FfmpegCamera implements ForeignCamera {

    private static final Duration PUBLISHED = Duration.ofSeconds(20);

    private final ChildProcess server;
    private final ChildProcess ffmpeg;
    private final URI uri;

    private FfmpegCamera(ChildProcess server, ChildProcess ffmpeg, URI uri) {
        this.server = server;
        this.ffmpeg = ffmpeg;
        this.uri = uri;
    }

    /**
     * Starts a camera and waits until its first packets are there.
     *
     * @param scene with a picture; sound is optional. {@link Scene#parameterSets} is without effect: FFmpeg sends them
     *     in the session description and before each keyframe
     * @throws IOException when FFmpeg, Python or GStreamer is missing; says what was printed
     */
    public static FfmpegCamera start(Scene scene) throws IOException, InterruptedException {
        ChildProcess server = GstreamerCamera.startServer(
                List.of("--relay=" + (scene.audio() == Audio.NONE ? "video" : "audio+video")), Optional.empty());
        try {
            String root = "rtsp://127.0.0.1:" + GstreamerCamera.port(server);
            ChildProcess ffmpeg = ChildProcess.start("ffmpeg", command(scene, root + "/publish"));
            try {
                server.awaitLine("PUBLISHED", PUBLISHED);
                return new FfmpegCamera(server, ffmpeg, URI.create(root + "/stream"));
            } catch (IOException e) {
                ffmpeg.close();
                throw new IOException(e.getMessage() + "\nFFmpeg said:\n" + ffmpeg.output(), e);
            } catch (InterruptedException | RuntimeException e) {
                ffmpeg.close();
                throw e;
            }
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
        return server.output() + "\n" + ffmpeg.output();
    }

    @Override
    public void close() {
        ffmpeg.close();
        server.close();
    }

    /** A command line that publishes the scene. */
    static List<String> command(Scene scene, String target) {
        String size = scene.width() + "x" + scene.height();
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-hide_banner", "-nostdin", "-loglevel", "warning"));
        command.addAll(List.of("-re", "-f", "lavfi", "-i", "testsrc2=size=" + size + ":rate=" + Scene.RATE));
        if (scene.audio() != Audio.NONE) {
            command.addAll(List.of("-re", "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=8000"));
        }
        command.addAll(List.of(
                "-vf",
                "drawtext=font=DejaVu Sans:text='%{localtime}':fontsize=48:x=20:y=20:box=1",
                "-pix_fmt",
                "yuv420p"));
        command.addAll(video(scene));
        command.addAll(audio(scene));
        command.addAll(List.of("-f", "rtsp", "-rtsp_transport", "tcp", target));
        return command;
    }

    private static List<String> video(Scene scene) {
        String gop = Integer.toString(scene.gopFrames());
        return switch (scene.video()) {
            case H264_BASELINE, H264_HIGH ->
                List.of(
                        "-c:v",
                        "libx264",
                        "-preset",
                        "veryfast",
                        "-tune",
                        "zerolatency",
                        "-g",
                        gop,
                        "-sc_threshold",
                        "0",
                        "-profile:v",
                        scene.video() == Video.H264_HIGH ? "high" : "baseline");
            case H265 ->
                List.of(
                        "-c:v",
                        "libx265",
                        "-preset",
                        "ultrafast",
                        "-tune",
                        "zerolatency",
                        "-g",
                        gop,
                        "-x265-params",
                        "log-level=none");
            case JPEG -> List.of("-c:v", "mjpeg", "-huffman", "default", "-q:v", "5");
            case NONE -> throw new IllegalArgumentException("A camera by FFmpeg needs a picture");
        };
    }

    private static List<String> audio(Scene scene) {
        return switch (scene.audio()) {
            case PCMA -> List.of("-c:a", "pcm_alaw");
            case PCMU -> List.of("-c:a", "pcm_mulaw");
            case AAC -> List.of("-c:a", "aac");
            case AAC_LATM -> List.of("-c:a", "aac", "-rtpflags", "latm");
            case OPUS -> List.of("-c:a", "libopus", "-ar", "48000", "-ac", "2");
            case L16 -> List.of("-c:a", "pcm_s16be", "-ar", "16000");
            case G722 -> List.of("-c:a", "g722", "-ar", "16000");
            case G726 -> List.of("-c:a", "g726", "-b:a", "32k");
            case NONE -> List.of();
        };
    }
}
