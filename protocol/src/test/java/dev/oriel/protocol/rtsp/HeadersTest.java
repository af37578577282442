package dev.oriel.protocol.rtsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {

    @Test
    void first_otherCase_isFound() {
        RtspHeaders headers = RtspHeaders.of("cseq", "7").with("X", "a").with("x", "b");

        assertEquals(7, headers.cseq());
        assertEquals(List.of("a", "b"), headers.all("X"));
        assertEquals(RtspHeaders.of("cseq", "7"), headers.without("x"));
        assertEquals(-1, headers.without("CSeq").cseq());
        assertFalse(headers.toString().contains("b"), "values may be secret");
    }

    @Test
    void field_withLineBreak_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> RtspHeaders.of("X", "a\r\nY: b"));
        assertThrows(IllegalArgumentException.class, () -> RtspRequest.of("OPTIONS", "a b", RtspHeaders.NONE));
    }

    @ParameterizedTest
    @CsvSource({
        "RTP/AVP/TCP;unicast;interleaved=0-1, true, 0, 1",
        "RTP/AVP/TCP;interleaved=4-5;unicast;ssrc=DEADBEEF, true, 4, 5",
        "RTP/AVP/TCP; unicast; Interleaved = 2, true, 2, 3",
        "rtp/avp;interleaved=0-x;mode=play, true, 0, 1",
        "RTP/AVP/TCP;unicast;interleaved=70000-1, true, -1, -1",
        "RTP/AVP/TCP;unicast, true, -1, -1",
        "RTP/AVP;unicast;client_port=5000-5001, false, -1, -1"
    })
    void transport_asCamerasWriteIt_isUnderstood(String text, boolean interleaved, int rtp, int rtcp) {
        TransportHeader transport = TransportHeader.parse(text).get(0);

        assertEquals(interleaved, transport.isInterleaved());
        assertEquals(
                rtp < 0 ? Optional.empty() : Optional.of(new TransportHeader.Pair(rtp, rtcp)),
                transport.pair("interleaved"));
        assertEquals(List.of(transport), TransportHeader.parse(transport.write()), "what parses is written again");
    }

    @Test
    void transport_list_keepsTheOrder() {
        List<TransportHeader> all =
                TransportHeader.parse("RTP/AVP;unicast;client_port=1-2,,RTP/AVP/TCP;interleaved=0-1;mode=\"PLAY\"");

        assertEquals(2, all.size());
        assertEquals(Optional.of("PLAY"), all.get(1).parameter("mode"));
        assertEquals(
                "RTP/AVP/TCP;unicast;interleaved=2-3",
                TransportHeader.interleaved(2).write());
        assertEquals(List.of(), TransportHeader.parse(""));
    }

    @ParameterizedTest
    @CsvSource({
        "12345678, 12345678, 60",
        "12345678;timeout=30, 12345678, 30",
        "'ab cd ; Timeout = 5 ', ab cd, 5",
        "a;timeout=0, a, 60",
        "a;timeout=abc, a, 60",
        "a;x=1;timeout=99999, a, 60"
    })
    void session_asCamerasWriteIt_isUnderstood(String text, String id, int timeout) {
        SessionHeader session = SessionHeader.parse(text).orElseThrow();

        assertEquals(new SessionHeader(id, timeout), session);
        assertEquals(Optional.of(session), SessionHeader.parse(session.write()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";timeout=30", "   "})
    void session_withoutId_isNone(String text) {
        assertEquals(Optional.empty(), SessionHeader.parse(text));
    }

    @Test
    void challenges_inOneFieldAndInSeveral_areAllRead() {
        List<AuthChallenge> all = AuthChallenge.parseAll(List.of(
                "Digest realm=\"IP Camera(\\\"1\\\"), a\", nonce=\"abc==\", stale=\"FALSE\", Basic realm = \"x\"",
                "digest  Realm=plain text,algorithm=SHA-256,qop=\"auth,auth-int\", NONCE=\"n\" , opaque=\"\"",
                "Negotiate"));

        assertEquals(
                List.of(
                        new AuthChallenge(
                                "Digest", Map.of("realm", "IP Camera(\"1\"), a", "nonce", "abc==", "stale", "FALSE")),
                        new AuthChallenge("Basic", Map.of("realm", "x")),
                        new AuthChallenge(
                                "digest",
                                Map.of(
                                        "realm", "plain text",
                                        "algorithm", "SHA-256",
                                        "qop", "auth,auth-int",
                                        "nonce", "n",
                                        "opaque", "")),
                        new AuthChallenge("Negotiate", Map.of())),
                all);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "=", "\"", "Digest \"", "Digest a=\"b\\", "a=b", ",,Digest,,=,\"x\"=y"})
    void challenges_broken_areReadWithoutFailing(String text) {
        AuthChallenge.parseAll(List.of(text));
    }

    @Test
    void frameHeader_isFourBytes() {
        ByteBuffer out = ByteBuffer.allocate(4);

        InterleavedFrame.putHeader(out, 3, 0x1234);

        assertEquals(ByteBuffer.wrap(new byte[] {'$', 3, 0x12, 0x34}), out.flip());
        assertThrows(IllegalArgumentException.class, () -> InterleavedFrame.putHeader(out.clear(), 0, 65_536));
    }
}
