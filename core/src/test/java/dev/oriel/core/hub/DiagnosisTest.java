package dev.oriel.core.hub;

import static dev.oriel.core.hub.Fakes.SOUND;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.oriel.api.failure.CameraUnreachable;
import dev.oriel.api.failure.RelayException;
import dev.oriel.api.hub.StreamState;
import dev.oriel.api.media.Bytes;
import dev.oriel.api.media.Codec;
import dev.oriel.api.media.IngestReport;
import dev.oriel.api.media.MediaKind;
import dev.oriel.api.media.PictureReport;
import dev.oriel.api.media.PictureReport.Order;
import dev.oriel.api.media.Track;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DiagnosisTest {

    private static final long MS = 1_000_000L;
    private static final Track SETLESS = Fakes.VIDEO;
    private static final Track VIDEO =
            new Track(0, MediaKind.VIDEO, new Codec.H264(List.of(Bytes.copyOf(new byte[] {0x67, 1}))), 90_000, 1);
    private static final Track MPEG = new Track(0, MediaKind.VIDEO, new Codec.Other("MPV"), 90_000, 1);
    private static final Track JPEG = new Track(0, MediaKind.VIDEO, new Codec.Jpeg(), 90_000, 1);
    private static final Optional<RelayException> GONE = Optional.of(new CameraUnreachable("It is gone."));
    private static final Optional<RelayException> NONE = Optional.empty();

    @ParameterizedTest
    @MethodSource("cases")
    void sentence_whatIsKnown_namesTheReason(Diagnosis known, String sentence) {
        assertEquals(sentence, known.sentence());
    }

    static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of(away(StreamState.IDLE, NONE, 0), ""),
                Arguments.of(away(StreamState.IDLE, GONE, 0), "It is gone."),
                Arguments.of(away(StreamState.CONNECTING, NONE, 0), "The camera is being opened."),
                Arguments.of(away(StreamState.CONNECTING, GONE, 0), "It is gone. It is being tried again now."),
                Arguments.of(away(StreamState.BACKOFF, GONE, 1_250), "It is gone. It is tried again in 1.3 s."),
                Arguments.of(away(StreamState.BACKOFF, GONE, 59_600), "It is gone. It is tried again in 60 s."),
                Arguments.of(open(SOUND, true, 0, report(0, 0, 0)), "The camera sends no video."),
                Arguments.of(
                        open(MPEG, true, 0, report(0, 0, 0)),
                        "The camera sends its video as MPV, which is not forwarded."),
                Arguments.of(
                        open(JPEG, true, 0, report(0, 0, 0)),
                        "The camera sends its video as JPEG, which browsers do not play over WebRTC;"
                                + " H.264 is chosen in its settings."),
                Arguments.of(open(VIDEO, true, 3_000, report(0, 0, 0)), "Nothing has come from the camera for 3 s."),
                Arguments.of(open(VIDEO, true, 2_999, report(0, 0, 0)), ""),
                Arguments.of(open(VIDEO, false, 0, report(0, 0, 0)), "Waiting for the camera's first keyframe."),
                Arguments.of(
                        open(VIDEO, false, 0, report(10, 0, 8)),
                        "Waiting for a keyframe, which this camera sends every 8 s or less often."),
                Arguments.of(
                        open(SETLESS, false, 0, report(50, 0, 8)),
                        "The camera has not sent the parameter sets without which its video cannot be decoded."),
                Arguments.of(
                        open(VIDEO, true, 0, picture(Order.REORDERED)),
                        "The camera sends B-frames, which browsers do not play; they are switched off in its settings."),
                Arguments.of(
                        open(VIDEO, true, 0, picture(Order.INTERLEAVED)),
                        "The camera sends its video in interleaved mode, out of its order, which cannot be passed on;"
                                + " packetization mode 1 is chosen in its settings."),
                Arguments.of(open(VIDEO, true, 0, picture(Order.AS_SHOWN)), ""),
                Arguments.of(
                        open(SETLESS, true, 0, report(50, 0, 8)),
                        "The camera has not sent the parameter sets without which its video cannot be decoded."),
                Arguments.of(open(SETLESS, true, 0, report(49, 0, 8)), ""),
                Arguments.of(
                        open(VIDEO, false, 0, senseless(60, 100)),
                        "What the camera sends as its video makes no sense (60 of 100 packets)."),
                Arguments.of(open(VIDEO, false, 0, senseless(49, 50)), "Waiting for the camera's first keyframe."),
                Arguments.of(
                        open(VIDEO, true, 0, report(900, 100, 0)),
                        "Of 100 packets 10 are lost on the way from the camera."),
                Arguments.of(open(VIDEO, true, 0, report(960, 40, 0)), ""),
                Arguments.of(open(VIDEO, true, 0, report(9_600, 400, 0)), ""));
    }

    private static Diagnosis away(StreamState state, Optional<RelayException> failure, long retryMillis) {
        return new Diagnosis(state, List.of(), false, failure, OptionalLong.of(retryMillis * MS), 0, IngestReport.NONE);
    }

    private static Diagnosis open(Track track, boolean keyframeSeen, long silentMillis, IngestReport report) {
        return new Diagnosis(
                StreamState.ACTIVE,
                List.of(track),
                keyframeSeen,
                Optional.empty(),
                OptionalLong.empty(),
                silentMillis * MS,
                report);
    }

    private static IngestReport picture(Order order) {
        return new IngestReport(
                "TCP",
                "",
                10,
                0,
                0,
                0,
                Optional.of(new PictureReport(640, 360, 25, 1, 50, Duration.ofSeconds(2), order)));
    }

    private static IngestReport senseless(long malformed, long packets) {
        return new IngestReport("UDP", "", packets, 0, malformed, 0, Optional.empty());
    }

    private static IngestReport report(long packets, long lost, int groupSeconds) {
        return new IngestReport(
                "UDP",
                "",
                packets,
                lost,
                0,
                0,
                Optional.of(new PictureReport(0, 0, 0, 0, 0, Duration.ofSeconds(groupSeconds), Order.AS_SHOWN)));
    }
}
