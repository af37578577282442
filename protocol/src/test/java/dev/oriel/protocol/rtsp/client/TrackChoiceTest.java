package dev.oriel.protocol.rtsp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.oriel.api.camera.CameraOptions;
import dev.oriel.protocol.rtp.MediaFormat;
import dev.oriel.protocol.sdp.SessionDescription;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrackChoiceTest {

    private static String section(int letter) {
        return switch (letter) {
            case 'J' -> "m=video 0 RTP/AVP 26\n";
            case '4' -> "m=video 0 RTP/AVP 96\na=rtpmap:96 H264/90000\n";
            case '5' -> "m=video 0 RTP/AVP 97\na=rtpmap:97 H265/90000\n";
            case 'A' -> "m=audio 0 RTP/AVP 97\na=rtpmap:97 MPEG4-GENERIC/16000\n";
            case 'L' -> "m=audio 0 RTP/AVP 11\n";
            case '9' -> "m=audio 0 RTP/AVP 9\n";
            case 'M' -> "m=video 0 RTP/AVP 32\n";
            default -> "m=audio 0 RTP/AVP 8\n";
        };
    }

    @ParameterizedTest
    @CsvSource({
        "J4S, 'H264 PCMA'",
        "4J, H264",
        "JS, 'JPEG PCMA'",
        "MJ, JPEG",
        "54, H265",
        "45, H264",
        "MS, PCMA",
        "M, ''",
        "4AS, 'H264 PCMA'",
        "A9S, G722",
        "AL4, 'H264 MPEG4-GENERIC'"
    })
    void choose_several_takesWhatComesFarthest(String sections, String chosen) {
        String sdp = sections.chars().mapToObj(TrackChoiceTest::section).collect(Collectors.joining());

        assertEquals(
                chosen,
                TrackChoice.choose(MediaFormat.of(SessionDescription.parse(sdp)), CameraOptions.Audio.TAKEN).stream()
                        .map(format -> format.track().codec().encodingName())
                        .collect(Collectors.joining(" ")));
    }
}
