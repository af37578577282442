package dev.oriel.api.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.oriel.api.camera.StreamName;
import dev.oriel.api.media.Bytes;
import dev.oriel.api.media.Codec;
import dev.oriel.api.media.IngestReport;
import dev.oriel.api.media.MediaKind;
import dev.oriel.api.media.Track;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StreamStatusTest {

    private static final Codec AAC = new Codec.Aac(Bytes.copyOf(new byte[] {0x14, 0x08}));

    static Stream<Arguments> sounds() {
        return Stream.of(
                Arguments.of("", List.of()),
                Arguments.of("", List.of(new Codec.Pcma())),
                Arguments.of("", List.of(AAC, new Codec.Opus())),
                Arguments.of("", List.of(new Codec.G722())),
                Arguments.of("", List.of(new Codec.Other("pcmu"))),
                Arguments.of("The camera's sound is AAC, which browsers do not play.", List.of(AAC)),
                Arguments.of(
                        "The camera's sound is AAC and L16, which browsers do not play.",
                        List.of(new Codec.Other("mpeg4-generic"), AAC, new Codec.L16())),
                Arguments.of(
                        "The camera's sound is a??, which browsers do not play.",
                        List.of(new Codec.Other("a<\u0007"))));
    }

    @ParameterizedTest
    @MethodSource("sounds")
    void whyNoSound_onlyWhatBrowsersDoNotPlay_isNamed(String sentence, List<Codec> sounds) {
        List<Track> tracks = new ArrayList<>();
        tracks.add(new Track(0, MediaKind.VIDEO, new Codec.Jpeg(), 90_000, 1));
        for (Codec codec : sounds) {
            tracks.add(new Track(tracks.size(), MediaKind.AUDIO, codec, 8000, 1));
        }

        assertEquals(sentence, status(tracks).whyNoSound());
    }

    private static StreamStatus status(List<Track> tracks) {
        return new StreamStatus(
                new StreamName("a"),
                "rtsp://a/",
                StreamState.ACTIVE,
                tracks,
                1,
                0,
                0,
                0,
                "",
                Optional.empty(),
                IngestReport.NONE);
    }
}
