package dev.oriel.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.protocol.rtsp.RtspHeaders;
import dev.oriel.protocol.rtsp.RtspRequest;
import dev.oriel.protocol.rtsp.RtspResponse;
import dev.oriel.protocol.sdp.MediaDescription;
import dev.oriel.protocol.sdp.SessionDescription;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversationTest {

    private static final String URL = "rtsp://127.0.0.1:8554/demo";
    private static final long SECOND = 1_000_000_000L;

    private static Clip clip;

    private final Conversation conversation = new Conversation(clip, new NtpClock(0, 0), new Random(1), 0);
    private final Frames told = new Frames();
    private int cseq;

    @BeforeAll
    static void load() throws Exception {
        clip = Clip.load();
    }

    @ParameterizedTest
    @CsvSource({
        "OPTIONS,       /demo,           200",
        "DESCRIBE,      /demo,           200",
        "DESCRIBE,      /demo/,          200",
        "DESCRIBE,      /demo?a=b,       200",
        "DESCRIBE,      /other,          404",
        "DESCRIBE,      '',              404",
        "SETUP,         /demo/trackID=0, 461",
        "SETUP,         /demo/trackID=9, 404",
        "PLAY,          /demo,           454",
        "GET_PARAMETER, /demo,           200",
        "TEARDOWN,      /demo,           454",
        "RECORD,        /demo,           501",
    })
    void receive_requestWithoutSession_isAnswered(String method, String path, int status) {
        RtspResponse response = ask(method, "rtsp://127.0.0.1:8554" + path, RtspHeaders.NONE);

        assertEquals(status, response.status());
        assertEquals(cseq, response.headers().cseq());
    }

    @Test
    void receive_describe_describesBothTracks() {
        RtspResponse response = ask("DESCRIBE", URL, RtspHeaders.NONE);

        SessionDescription description = SessionDescription.parse(response.bodyText());
        assertEquals("application/sdp", response.headers().first("Content-Type").orElseThrow());
        assertEquals(URL + "/", response.headers().first("Content-Base").orElseThrow());
        MediaDescription video = description.media().get(0);
        MediaDescription audio = description.media().get(1);
        assertEquals("H264/90000", video.about("rtpmap", "96").orElseThrow());
        assertTrue(video.about("fmtp", "96").orElseThrow().contains("profile-level-id=42c01e"));
        assertTrue(video.about("fmtp", "96").orElseThrow().matches(".*sprop-parameter-sets=Z[^,]+,a[^,]+"));
        assertEquals("PCMA/8000", audio.about("rtpmap", "8").orElseThrow());
    }

    @Test
    void receive_setupOverUdpOnly_isRefused() {
        RtspHeaders udp = RtspHeaders.of("Transport", "RTP/AVP;unicast;client_port=5000-5001");

        assertEquals(461, ask("SETUP", URL + "/trackID=0", udp).status());
    }

    @Test
    void receive_setupOverUdpOrTcp_takesTcp() {
        RtspHeaders both = RtspHeaders.of(
                "Transport", "RTP/AVP;unicast;client_port=5000-5001, RTP/AVP/TCP;unicast;interleaved=4-5");

        RtspResponse response = ask("SETUP", URL + "/trackID=0", both);

        assertEquals(200, response.status());
        assertTrue(response.headers()
                .first("Transport")
                .orElseThrow()
                .startsWith("RTP/AVP/TCP;unicast;interleaved=4-5;ssrc="));
    }

    @Test
    void receive_play_startsWithTheNumbersItAnnounces() {
        RtspHeaders session = setUp("0", 0);

        RtspResponse response = ask("PLAY", URL, session);

        String info = response.headers().first("RTP-Info").orElseThrow();
        Frames.Frame first = told.of(0).get(0);
        assertEquals(
                "url=" + URL + "/trackID=0;seq=" + first.sequenceNumber() + ";rtptime="
                        + Integer.toUnsignedString(first.timestamp()),
                info);
        assertEquals(OptionalLong.of(20_000_000), conversation.deadlineNanos());
    }

    @Test
    void receive_playOfAnotherSession_isRefused() {
        setUp("0", 0);

        assertEquals(454, ask("PLAY", URL, RtspHeaders.of("Session", "0123")).status());
    }

    @Test
    void receive_teardown_saysByeAndEnds() {
        RtspHeaders session = setUp("0", 0);
        ask("PLAY", URL, session);

        RtspResponse response = ask("TEARDOWN", URL, session);

        assertEquals(200, response.status());
        assertEquals(203, told.of(1).get(told.of(1).size() - 1).packet()[1] & 0xff);
        assertTrue(conversation.isOver());
        assertEquals(OptionalLong.empty(), conversation.deadlineNanos());
    }

    @Test
    void wake_clientSilentForTheSessionsTime_isLeft() {
        ask("PLAY", URL, setUp("0", 0));

        for (long now = 0; now < 60 * SECOND; now += SECOND) {
            conversation.wake(now);
            drain();
        }
        assertFalse(conversation.isOver());

        conversation.wake(60 * SECOND);
        assertTrue(conversation.isOver());
    }

    @Test
    void receive_keepAlive_prolongsTheSession() {
        RtspHeaders session = setUp("0", 0);
        ask("PLAY", URL, session);

        tell(59 * SECOND, request("GET_PARAMETER", URL, session));
        conversation.wake(100 * SECOND);

        assertFalse(conversation.isOver());
    }

    @Test
    void receive_bytesThatAreNoRtsp_endTheConversation() {
        conversation.receive(0, ByteBuffer.wrap("\u0016\u0003\u0001 hello?".getBytes(StandardCharsets.US_ASCII)));

        assertTrue(conversation.isOver());
    }

    private RtspHeaders setUp(String track, int channel) {
        RtspResponse response = ask(
                "SETUP",
                URL + "/trackID=" + track,
                RtspHeaders.of("Transport", "RTP/AVP/TCP;unicast;interleaved=" + channel + "-" + (channel + 1)));
        assertEquals(200, response.status());
        String session = response.headers().first("Session").orElseThrow();
        assertTrue(session.endsWith(";timeout=60"));
        return RtspHeaders.of("Session", session.split(";")[0]);
    }

    private RtspResponse ask(String method, String uri, RtspHeaders headers) {
        int before = told.responses.size();
        tell(0, request(method, uri, headers));
        assertEquals(before + 1, told.responses.size());
        return told.responses.get(before);
    }

    private ByteBuffer request(String method, String uri, RtspHeaders headers) {
        cseq++;
        return RtspRequest.of(method, uri, headers.with("CSeq", Integer.toString(cseq)))
                .write();
    }

    private void tell(long nowNanos, ByteBuffer bytes) {
        conversation.receive(nowNanos, bytes);
        drain();
    }

    private void drain() {
        for (Optional<ByteBuffer> next = conversation.poll(); next.isPresent(); next = conversation.poll()) {
            told.receive(next.get());
        }
    }
}
