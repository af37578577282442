package dev.oriel.protocol.rtsp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.camera.CameraOptions;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RtspClientMachineTest {

    private static final String OK = "RTSP/1.0 200 OK";
    private static final String AT = "The camera at 192.0.2.1:554 ";

    private static Dialogue asked() {
        return new Dialogue("rtsp://user:pass@192.0.2.1/1").camera(OK, "CSeq: 1");
    }

    private static Dialogue described(String... sdp) {
        String[] lines = new String[sdp.length + 3];
        lines[0] = OK;
        lines[1] = "CSeq: 2";
        lines[2] = "";
        System.arraycopy(sdp, 0, lines, 3, sdp.length);
        return asked().camera(lines);
    }

    private static Dialogue playing() {
        return described("m=video 0 RTP/AVP 96", "a=rtpmap:96 H264/90000")
                .camera(OK, "CSeq: 3", "Session: 1")
                .camera(OK, "CSeq: 4")
                .frame(0);
    }

    @Test
    void wrongPassword_isTriedOnce() {
        Dialogue d = asked().camera(
                        "RTSP/1.0 401 Unauthorized", "CSeq: 2", "WWW-Authenticate: Digest realm=\"x\", nonce=\"1\"");
        assertTrue(d.all().contains("Authorization: Digest"));

        d.camera("RTSP/1.0 401 Unauthorized", "CSeq: 3", "WWW-Authenticate: Digest realm=\"x\", nonce=\"2\"");

        assertEquals("= end CameraRefused: " + AT + "refuses the user name or password (401).", d.last());
        assertFalse(d.all().contains("pass)"));
    }

    @Test
    void staleNonce_isAnsweredAgainButNotForEver() {
        String stale = "WWW-Authenticate: Digest realm=\"x\", stale=true, nonce=\"";
        Dialogue d = asked().camera("RTSP/1.0 401 No", "CSeq: 2", stale + "1\"");
        d.camera(OK, "CSeq: 3", "", "m=video 0 RTP/AVP 96", "a=rtpmap:96 H264/90000");
        d.camera("RTSP/1.0 401 No", "CSeq: 4", stale + "2\"");
        assertTrue(d.all().contains("nonce=\"2\""), d::all);

        d.camera("RTSP/1.0 401 No", "CSeq: 5", stale + "3\"");

        assertTrue(d.last().contains("(401)"));
    }

    @Test
    void nonceOfItsOwnForEachRequest_isFollowed() {
        String challenge = "WWW-Authenticate: Digest realm=\"x\", nonce=\"";
        Dialogue d = asked().camera("RTSP/1.0 401 No", "CSeq: 2", challenge + "1\"");
        d.camera(OK, "CSeq: 3", "", "m=video 0 RTP/AVP 96", "a=rtpmap:96 H264/90000");
        d.camera("RTSP/1.0 401 No", "CSeq: 4", challenge + "2\"");

        assertTrue(d.all().contains("> SETUP"), d::all);
        assertTrue(d.all().contains("nonce=\"2\""), d::all);
    }

    @Test
    void basicOnly_isSpoken() {
        Dialogue d = asked().camera("RTSP/1.0 401 No", "CSeq: 2", "WWW-Authenticate: Basic realm=\"x\"");

        assertTrue(d.all().contains("> Authorization: Basic dXNlcjpwYXNz"), d::all);
    }

    @Test
    void loginWanted_withoutOne_isSaid() {
        Dialogue none = new Dialogue("rtsp://192.0.2.1/1")
                .camera("RTSP/1.0 401 No", "CSeq: 1", "WWW-Authenticate: Basic realm=\"x\"");
        Dialogue unknown = asked().camera("RTSP/1.0 401 No", "CSeq: 2", "WWW-Authenticate: Negotiate");

        assertEquals("= end CameraRefused: " + AT + "asks for a user name and a password (401).", none.last());
        assertTrue(unknown.last().contains("asks for a kind of login"), unknown::last);
    }

    @ParameterizedTest
    @CsvSource({
        "403, does not let this user see the stream (403)",
        "404, has no such stream (404)",
        "453, has no bandwidth left for another viewer (453)",
        "503, is busy (503)",
        "500, refuses DESCRIBE (500)"
    })
    void describe_refused_isSaid(int status, String what) {
        Dialogue d = asked().camera("RTSP/1.0 " + status + " x", "CSeq: 2");

        assertEquals("= end CameraRefused: " + AT + what + ".", d.last());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://192.0.2.1/1", "rtsps://192.0.2.1/1", "rtsp://", "rtsp://192.0.2.2/a b", "", "/1"})
    void redirect_toWhatIsNoPlace_isNotFollowed(String location) {
        Dialogue d = asked().camera("RTSP/1.0 301 Moved", "CSeq: 2", "Location: " + location);

        assertEquals(
                "= end CameraRefused: " + AT + "sends us to another address (301), which is not followed.", d.last());
    }

    @Test
    void redirect_toAnotherPlace_isFollowedOnAConnectionOfItsOwn() {
        Dialogue d = asked().camera("RTSP/1.0 301 Moved", "CSeq: 2", "Location: rtsp://192.0.2.2:8554/2");

        assertTrue(
                d.all().startsWith("= connect rtsp://***@192.0.2.2:8554/2\n> OPTIONS rtsp://192.0.2.2:8554/2"), d::all);
        d.camera(OK, "CSeq: 3").camera("RTSP/1.0 404 No", "CSeq: 4");
        assertEquals("= end CameraRefused: The camera at 192.0.2.2:8554 has no such stream (404).", d.last());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rtsp://192.0.2.1:554/2", "rtsp://192.0.2.1/2", "RTSP://other:user@192.0.2.1/2"})
    void redirect_toTheSamePlace_staysOnTheConnection(String location) {
        Dialogue d = asked().camera("RTSP/1.0 301 Moved", "CSeq: 2", "Location: " + location);

        assertTrue(d.all().startsWith("> DESCRIBE rtsp://192.0.2.1/2 RTSP/1.0"), d::all);
    }

    @Test
    void redirect_toAnotherHost_isNotToldThePasswordInTheClear() {
        Dialogue d = asked().camera("RTSP/1.0 301 Moved", "CSeq: 2", "Location: rtsp://192.0.2.2/2")
                .camera("RTSP/1.0 401 No", "CSeq: 3", "WWW-Authenticate: Basic realm=\"x\"");

        assertFalse(d.all().contains("Authorization"), d::all);
        assertTrue(d.last().contains("in the clear (Basic)"), d::last);
    }

    @Test
    void redirect_thatTheShellRefuses_isSaid() {
        Dialogue d = asked();
        d.connects = false;
        d.camera("RTSP/1.0 301 Moved", "CSeq: 2", "Location: rtsp://192.0.2.2/2")
                .connectFailed("sends us astray");

        assertEquals("= end CameraUnreachable: The camera at 192.0.2.2:554 sends us astray.", d.last());
    }

    @Test
    void redirect_inACircle_ends() {
        Dialogue d = asked();
        for (int i = 2; !d.isOver() && i < 20; i++) {
            d.camera("RTSP/1.0 302 Moved", "CSeq: " + i, "Location: rtsp://192.0.2.1/1");
        }
        assertTrue(d.last().contains("(302)"), d::last);
    }

    @Test
    void nothingUsable_isSaidWithWhatThereIs() {
        Dialogue d = described(
                "m=video 0 RTP/AVP 32", "m=audio 0 RTP/AVP 97", "a=rtpmap:97 vorbis/16000", "m=text 0 x y\u0007");

        assertEquals(
                "= end CameraUnsupported: " + AT + "offers nothing that can be passed on,"
                        + " but video MPV, audio vorbis, application y?.",
                d.last().replace("application y.", "application y?."));
        assertTrue(asked().camera(OK, "CSeq: 2", "", "hello")
                .last()
                .contains("describes its stream in a way that cannot be read"));
    }

    @Test
    void audioIgnored_isNotSetUp() {
        Dialogue d = new Dialogue("rtsp://192.0.2.1/1", CameraOptions.DEFAULT.with(CameraOptions.Audio.IGNORED))
                .camera(OK, "CSeq: 1")
                .camera(OK, "CSeq: 2", "", "m=audio 0 RTP/AVP 0", "m=video 0 RTP/AVP 96", "a=rtpmap:96 H264/90000")
                .camera(OK, "CSeq: 3", "Session: 1");

        assertTrue(d.all().startsWith("> PLAY"), d::all);
    }

    @Test
    void audioOnly_isPlayed() {
        Dialogue d = described("m=audio 0 RTP/AVP 0", "a=control:a").camera(OK, "CSeq: 3", "Session: 1");

        assertTrue(d.all().startsWith("> PLAY"), d::all);
    }

    @Test
    void twoTracks_answeredWithTheSameChannels_areToldApart() {
        String same = "Transport: RTP/AVP/TCP;interleaved=0-1";
        Dialogue d = described("m=video 0 RTP/AVP 96", "a=rtpmap:96 H264/90000", "m=audio 0 RTP/AVP 0")
                .camera(OK, "CSeq: 3", "Session: 1", same)
                .camera(OK, "CSeq: 4", "Session: 1", same)
                .camera(OK, "CSeq: 5");

        assertEquals("= rtp 0", d.frame(0).last());
        assertEquals("= rtcp 0", d.frame(1).last());
        assertEquals("= rtp 1", d.frame(2).last());
    }

    @Test
    void udpAnswered_isSaid() {
        Dialogue d = described("m=video 0 RTP/AVP 96", "a=rtpmap:96 H264/90000")
                .camera(OK, "CSeq: 3", "Session: 1", "Transport: RTP/AVP;unicast;client_port=1-2");

        assertTrue(d.last().contains("sends its media over UDP although TCP was asked for"), d::last);
        assertTrue(d.all().contains("> TEARDOWN"), "the camera has a session to free");
    }

    @Test
    void silence_inEachState_isNamed() {
        String within = " within 4.5 s.";
        assertEquals(
                "= end CameraUnreachable: " + AT + "does not answer OPTIONS" + within,
                new Dialogue("rtsp://192.0.2.1/1").pass(4499).pass(1).last());
        assertTrue(asked().pass(4500).last().endsWith("answer DESCRIBE" + within));
        Dialogue setup = described("m=video 0 RTP/AVP 96", "a=rtpmap:96 H264/90000");
        assertTrue(setup.pass(4500).last().endsWith("answer SETUP" + within));
        Dialogue play =
                described("m=video 0 RTP/AVP 96", "a=rtpmap:96 H264/90000").camera(OK, "Session: 1");
        assertTrue(play.pass(4500).last().endsWith("answer PLAY" + within));
    }

    @Test
    void slowButSteadyAnswers_haveFourAndAHalfSecondsInAll() {
        Dialogue d = new Dialogue("rtsp://192.0.2.1/1").pass(2200).camera(OK, "CSeq: 1");
        d.pass(2200).camera(OK, "CSeq: 2", "", "m=video 0 RTP/AVP 96", "a=rtpmap:96 H264/90000");

        assertTrue(d.pass(200).last().contains("does not answer SETUP"), d::last);
    }

    @Test
    void media_stops_isNoticedAfterTenSeconds() {
        Dialogue d = playing().frame(0);
        for (int i = 0; i < 100; i++) {
            d.pass(9000).frame(0);
        }
        d.frame(1);
        assertFalse(d.pass(9_999).isOver());
        d.frame(1);

        assertTrue(d.pass(1).last().contains("has sent no media for 10 s"), "reports are no media");
    }

    @Test
    void playAccepted_butNothingSent_isNamed() {
        Dialogue d = described("m=video 0 RTP/AVP 96", "a=rtpmap:96 H264/90000")
                .camera(OK, "Session: 1")
                .camera(OK, "CSeq: 4")
                .frame(1);

        assertEquals(
                "= end CameraUnreachable: " + AT + "accepts PLAY, but sends no media over TCP within 4.5 s.",
                d.pass(4500).last());
    }

    @Test
    void picture_standsStillBesideSound_isNoticed() {
        Dialogue d = described("m=video 0 RTP/AVP 96", "a=rtpmap:96 H264/90000", "m=audio 0 RTP/AVP 0")
                .camera(OK, "CSeq: 3", "Session: 1")
                .camera(OK, "CSeq: 4")
                .camera(OK, "CSeq: 5")
                .frame(0);
        for (int i = 0; i < 19; i++) {
            d.pass(1000).frame(2);
        }
        assertFalse(d.isOver());

        assertTrue(d.pass(1000).last().contains("goes on with its sound, but has sent no picture for 20 s"), d::last);
    }

    @Test
    void sessionForgotten_endsAfterOptionsWereTried() {
        Dialogue d = playing().pass(30_000 - 21_000);
        for (int i = 0; i < 4; i++) {
            d.frame(0).pass(9_000);
        }
        d.camera("RTSP/1.0 454 Session Not Found", "CSeq: 5");

        assertTrue(d.last().contains("has forgotten the session (454)"), d::last);
    }

    @Test
    void disconnected_isSaid() {
        assertEquals(
                "= end CameraUnreachable: " + AT + "closed the connection while DESCRIBE was awaited.",
                asked().disconnect().last());
        Dialogue d = playing().disconnect();
        assertTrue(d.last().contains("while media was awaited"), d::last);
        assertFalse(d.all().contains("TEARDOWN"));
    }

    @Test
    void end_comesOnce() {
        Dialogue d = playing().close();
        d.camera("x").close().disconnect().pass(100_000).frame(0);

        assertEquals("", d.last());
    }

    @Test
    void otherProtocol_isSaid() {
        Dialogue web = new Dialogue("rtsp://192.0.2.1/1")
                .bytes("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

        assertTrue(web.last().startsWith("= end CameraUnsupported: " + AT + "answers like a web server"), web::last);
    }

    @Test
    void lateAndForeignAnswers_arePassedOver() {
        Dialogue d = asked().camera(OK, "CSeq: 1");
        assertEquals("", d.last(), "an answer that came twice");
        d.camera("RTSP/1.0 100 Continue", "CSeq: 2");
        assertEquals("", d.last());

        d.camera(OK, "CSeq: 12", "", "m=video 0 RTP/AVP 96", "a=rtpmap:96 H264/90000");
        assertTrue(d.all().startsWith("> SETUP"), "a wrong number, but the only question was this one");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void anyAnswers_neverThrow(long seed) {
        Random random = new Random(seed);
        String[] lines = {
            OK, "RTSP/1.0 401 x", "RTSP/1.0 302 x", "RTSP/1.0 500 x", "TEARDOWN * RTSP/1.0", "OPTIONS * RTSP/1.0"
        };
        String[] fields = {
            "Session: 1;timeout=3",
            "Session:",
            "Transport: RTP/AVP/TCP;interleaved=400-500",
            "Transport: ;;,,=",
            "Location: rtsp://192.0.2.1/%00",
            "Content-Base: rtsp://[",
            "WWW-Authenticate: Digest nonce=\"\", realm=",
            "WWW-Authenticate: Digest realm=\"\", nonce=\"a\", stale=true",
            "Public: GET_PARAMETER"
        };
        String[] sdp = {"m=video 0 RTP/AVP 96", "a=rtpmap:96 H264/90000", "a=control:[[", "a=control:*", "m=audio 0 x 0"
        };
        for (int round = 0; round < 2000; round++) {
            Dialogue d = new Dialogue("rtsp://u:p@192.0.2.1/1");
            for (int i = 0; i < 12; i++) {
                String[] message = new String[8];
                message[0] = lines[random.nextInt(10) < 7 ? 0 : random.nextInt(lines.length)];
                message[1] = "CSeq: " + (i + 1 - random.nextInt(5) / 4);
                message[2] = fields[random.nextInt(fields.length)];
                message[3] = fields[random.nextInt(fields.length)];
                message[4] = "";
                message[5] = sdp[0];
                message[6] = sdp[1];
                message[7] = sdp[random.nextInt(sdp.length)];
                d.camera(message);
                d.frame(random.nextInt(5)).pass(random.nextInt(600));
            }
        }
    }
}
