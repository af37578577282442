package dev.oriel.ingest.rtsp.foreign;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.camera.CameraOptions;
import dev.oriel.api.camera.SourceLocation;
import dev.oriel.api.media.IngestSession;
import dev.oriel.ingest.rtsp.RtspIngestEngine;
import dev.oriel.testkit.camera.Audio;
import dev.oriel.testkit.camera.FfmpegCamera;
import dev.oriel.testkit.camera.ForeignCamera;
import dev.oriel.testkit.camera.GstreamerCamera;
import dev.oriel.testkit.camera.Scene;
import dev.oriel.testkit.camera.Video;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sound of servers that this project did not write, decoded by FFmpeg: it is the tone of 440 Hz they were given. */
@Timeout(90)
final class ForeignSoundTest {

    private static final int SECONDS = 3;
    private static final int HERTZ = 440;

    private final RtspIngestEngine engine = new RtspIngestEngine();

    @AfterEach
    void stop() {
        engine.stop();
    }

    @ParameterizedTest
    @CsvSource({
        "AAC, MPEG4-GENERIC 48000 2, -f aac, 1024",
        "AAC_LATM, MPEG4-GENERIC 48000 2, -f aac, 1024",
        "L16, L16 16000 1, -f s16be -ar 16000 -ac 1, ''",
        "PCMA, PCMA 8000 1, -f alaw -ar 8000 -ac 1, 160"
    })
    void gstreamer_sound_isTheToneItWas(Audio audio, String track, String form, String steps) throws Exception {
        try (ForeignCamera camera = GstreamerCamera.start(Scene.of(Video.NONE, audio))) {
            hear(camera, track, form, steps);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "AAC, MPEG4-GENERIC 8000 1, -f aac, 1024",
        "AAC_LATM, MPEG4-GENERIC 8000 1, -f aac, 1024",
        "G722, G722 8000 1, -f g722, ''",
        "G726, AAL2-G726-32 8000 1, -f g726 -sample_rate 8000 -code_size 4, ''",
        "L16, L16 16000 1, -f s16be -ar 16000 -ac 1, ''"
    })
    void ffmpeg_sound_isTheToneItWas(Audio audio, String track, String form, String steps) throws Exception {
        try (ForeignCamera camera = FfmpegCamera.start(Scene.of(Video.H264_BASELINE, audio))) {
            hear(camera, track, form, steps);
        }
    }

    private void hear(ForeignCamera camera, String track, String form, String steps) throws Exception {
        HeardSound sink = new HeardSound(SECONDS);
        SourceLocation where = SourceLocation.parse(camera.uri().toString());
        try (IngestSession session = engine.open(where, CameraOptions.DEFAULT, sink)) {
            HeardSound.Sound sound = sink.await();
            Tone tone = Tone.decoded(sound.file(), List.of(form.split(" ")), HERTZ);
            String found = sound.track().codec().encodingName() + " "
                    + sound.track().clockRateHz() + " " + sound.track().channels();
            assertAll(
                    () -> assertEquals(track, found),
                    () -> assertEquals(SECONDS, tone.seconds(), 0.5, tone::complaints),
                    () -> assertTrue(tone.purity() > 0.9, tone::toString),
                    () -> assertEquals(
                            steps.isEmpty() ? sound.steps().toString() : "[" + steps + "]",
                            sound.steps().toString()),
                    () -> assertEquals(0, session.report().malformed()));
        }
    }
}
