package dev.oriel.protocol.webrtc;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checker of answers sees each thing that can be wrong with one. */
class AnswerRulesTest {

    private static final Path VIEWER = Path.of("src/test/resources/webrtc/viewers/openhab-on-chromium-156");

    private String offer;
    private String answer;

    @BeforeEach
    void read() throws IOException {
        offer = Files.readString(VIEWER.resolve("offer.sdp"));
        answer = Files.readString(VIEWER.resolve("h264-opus.txt")).replace("\n", "\r\n");
    }

    @Test
    void check_goldenAnswer_passes() {
        AnswerRules.check(offer, answer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=mid:1 | a=mid:7",
                "BUNDLE 0 1 2 | BUNDLE 0 1",
                "BUNDLE 0 1 2 | BUNDLE 1 0 2",
                "m=audio 9 UDP/TLS/RTP/SAVPF | m=audio 9 RTP/SAVPF",
                "m=audio | m=video",
                "a=setup:passive | a=setup:actpass",
                "a=rtpmap:111 opus/48000/2 | a=rtpmap:111 opus/48000",
                "(a=extmap:)\\d+ | $114",
                "(a=rtcp-fb:\\d+ nack)(\\r\\n) | $1 sli$2",
                "a=sctp-port:5000 | a=x-port:5000",
                "a=ice-pwd:\\S+ | a=ice-pwd:short",
                "(m=audio[^\\r]*)(\\r\\n) | $1$2a=candidate:9 1 udp 1 192.0.2.9 9 typ host$2",
                "a=msid:oriel audio | a=msid:other audio",
                "a=fingerprint:sha-256 \\S+ | a=fingerprint:sha-256 00",
            })
    void check_somethingWrong_fails(String what, String instead) {
        String wrong = answer.replaceFirst(what, instead);
        assertNotEquals(answer, wrong);

        assertThrows(AssertionError.class, () -> AnswerRules.check(offer, wrong));
    }
}
