package dev.oriel.ingest.rtsp.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.camera.CameraOptions;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.media.EndReason;
import dev.oriel.api.media.IngestSession;
import dev.oriel.api.media.MediaSink;
import dev.oriel.api.media.RtpPacket;
import dev.oriel.api.media.Track;
import dev.oriel.ingest.rtsp.RtspIngestEngine;
import dev.oriel.testkit.camera.Audio;
import dev.oriel.testkit.camera.FfmpegCamera;
import dev.oriel.testkit.camera.ForeignCamera;
import dev.oriel.testkit.camera.GstreamerCamera;
import dev.oriel.testkit.camera.Scene;
import dev.oriel.testkit.camera.Video;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The pictures of foreign servers that send JPEG, decoded by the JDK. */
@Timeout(60)
final class ForeignJpegTest {

    private final RtspIngestEngine engine = new RtspIngestEngine();

    @AfterEach
    void stop() {
        engine.stop();
    }

    @Test
    void gstreamer_jpeg_isAPictureOfTheScene() throws Exception {
        Scene scene = Scene.of(Video.JPEG, Audio.NONE);
        try (ForeignCamera camera = GstreamerCamera.start(scene)) {
            assertShows(scene, camera);
        }
    }

    @Test
    void ffmpeg_jpeg_isAPictureOfTheScene() throws Exception {
        Scene scene = Scene.of(Video.JPEG, Audio.NONE);
        try (ForeignCamera camera = FfmpegCamera.start(scene)) {
            assertShows(scene, camera);
        }
    }

    private void assertShows(Scene scene, ForeignCamera camera) throws Exception {
        FirstPicture first = new FirstPicture();
        SourceLocation location = SourceLocation.parse(camera.uri().toString());
        try (IngestSession session = engine.open(location, CameraOptions.DEFAULT, first)) {
            byte[] file = first.file.get(20, TimeUnit.SECONDS);
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));

            assertEquals(scene.width(), image.getWidth());
            assertEquals(scene.height(), image.getHeight());
            assertTrue(colours(image) > 50, () -> "a test picture has many colours, this one " + colours(image));
            assertEquals(0, session.report().malformed());
        }
    }

    private static long colours(BufferedImage image) {
        int width = image.getWidth();
        return java.util.Arrays.stream(image.getRGB(0, 0, width, image.getHeight(), null, 0, width))
                .distinct()
                .count();
    }

    /** The file of the first picture that comes. Its fields are touched by the session's thread only, but for the future. */
    private static final class FirstPicture implements MediaSink {

        private final CompletableFuture<byte[]> file = new CompletableFuture<>();
        private final ByteArrayOutputStream open = new ByteArrayOutputStream();

        @Override
        public void onTracks(List<Track> tracks) {}

        @Override
        public void onPacket(Track track, RtpPacket packet) {
            byte[] payload = new byte[packet.payloadLength()];
            packet.copyPayload(payload, 0);
            open.writeBytes(payload);
            if (packet.marker()) {
                file.complete(open.toByteArray());
                open.reset();
            }
        }

        @Override
        public void onEnd(EndReason reason) {
            file.completeExceptionally(new AssertionError(reason.toString()));
        }
    }
}
