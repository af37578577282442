package dev.oriel.protocol.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.oriel.protocol.rtp.MediaFormat;
import java.nio.charset.StandardCharsets;

/** What any text does to the readers of session descriptions. */
class SdpFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void description(byte[] bytes) {
        SessionDescription first;
        try {
            first = SessionDescription.parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (SdpSyntaxException e) {
            return;
        }
        SessionDescription again = SessionDescription.parse(first.write());
        assertEquals(again, SessionDescription.parse(again.write()));
        assertEquals(first.media().size(), MediaFormat.of(first).size());
    }
}
