package dev.oriel.protocol.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionDescriptionTest {

    private static final String CAMERA = String.join(
            "\r\n",
            "v=0",
            "o=- 1 1 IN IP4 192.0.2.20",
            "s=Media",
            "c=IN IP4 0.0.0.0",
            "t=0 0",
            "a=control:*",
            "m=video 0 RTP/AVP 96",
            "a=rtpmap:96 H264/90000",
            "a=fmtp:96 packetization-mode=1; profile-level-id=640028",
            "a=control:trackID=1",
            "m=audio 0 RTP/AVP 8",
            "a=control:trackID=2",
            "");

    @Test
    void parse_camera_givesSectionsInOrder() {
        SessionDescription sdp = SessionDescription.parse(CAMERA);

        assertEquals(2, sdp.media().size());
        assertEquals("*", sdp.attributes().first("control").orElseThrow());
        assertEquals(Optional.of("H264/90000"), sdp.media().get(0).about("rtpmap", "96"));
        assertEquals(Optional.empty(), sdp.media().get(1).about("rtpmap", "8"));
    }

    @Test
    void write_parsed_givesTheSameText() {
        assertEquals(CAMERA, SessionDescription.parse(CAMERA).write());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "m=video 0 RTP/AVP 96\na=rtpmap:96 H264/90000\n",
                "\n\n  m=video -1 RTP/AVP 96 \n\na=rtpmap:96 H264/90000  \n",
                "a=x\rm=video 99999 RTP/AVP 96\ra=rtpmap:96   H264/90000",
                "z=?\r\nm=video 5/2 RTP/AVP 96\r\nnot a line\r\na=rtpmap:96 H264/90000"
            })
    void parse_broken_keepsWhatIsThere(String text) {
        SessionDescription sdp = SessionDescription.parse(text);

        assertEquals(Optional.of("H264/90000"), sdp.media().get(0).about("rtpmap", "96"));
        assertEquals(sdp, SessionDescription.parse(sdp.write()), "what parses is written and parses again");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "<html></html>", "{\"type\":\"offer\"}"})
    void parse_somethingElse_isRefused(String text) {
        assertThrows(SdpSyntaxException.class, () -> SessionDescription.parse(text));
    }

    @Test
    void parse_shortMediaLine_namesTheLine() {
        assertEquals(
                2,
                assertThrows(SdpSyntaxException.class, () -> SessionDescription.parse("v=0\nm=video\n"))
                        .line());
    }
}
