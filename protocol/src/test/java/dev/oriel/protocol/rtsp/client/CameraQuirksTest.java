package dev.oriel.protocol.rtsp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.testkit.scripted.Script;
import dev.oriel.testkit.scripted.Scripts;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What users of other programs have reported of their cameras' conversation, one test for each habit. The numbers are those of
 * the reports; the scripts say what the cameras do. What they do to the media itself is in the tests of the whole ingest.
 */
class CameraQuirksTest {

    private static void plays(String... scripts) {
        for (String script : scripts) {
            ScriptReading.read(Script.named(script));
        }
    }

    /** A camera that does nothing wrong but for its description, of which something is played. */
    private static void isUnderstood(String description) {
        ScriptReading.read(Script.parse(
                description,
                "@ rtsp://192.0.2.1/1\n~ " + description + "\n$ 0 idr\n= begin H26* of H26*\n= rtp 0",
                ""));
    }

    /** Streams that die after a minute: janus 693, mediamtx 842, 1066, 2908, go2rtc 289 and 2409, androidx/media 662. */
    @Test
    void keepalive_isByGetParameterWhereAdvertisedElseByOptions() {
        plays("keepalive-get-parameter", "keepalive-by-options", "keepalive-refused");
    }

    /** mediamtx 1066; gortsplib knows cameras that want to be asked every five seconds. */
    @Test
    void keepalive_comesWithinTheTimeoutThatTheSessionNames() {
        plays("keepalive-every-5-seconds", "keepalive-get-parameter");
    }

    /** mediamtx 842; gortsplib. */
    @Test
    void keepalive_neverAnswered_killsNothing() {
        plays("keepalive-never-answered");
    }

    /** media-stream-library-js 100 and 235, SharpRTSP 63. */
    @Test
    void keepalive_carriesSessionAndLogin() {
        plays("keepalive-with-login", "login-stale-nonce");
    }

    /** go2rtc 264, 708, 2316; gortsplib 468. */
    @ParameterizedTest
    @ValueSource(strings = {"no-session-lines", "ezviz-no-session-lines"})
    void description_withoutVersionOriginNameAndTime_isUnderstood(String description) {
        isUnderstood(description);
    }

    /** go2rtc 264; gortsplib. */
    @Test
    void description_withUnixNewlines_isUnderstood() {
        isUnderstood("tplink-unix-newlines");
    }

    /** go2rtc 679; gortsplib. */
    @Test
    void description_withBlankLines_isUnderstood() {
        isUnderstood("escam-blank-lines");
    }

    /** FLIR and others, in the tests of gortsplib. */
    @Test
    void description_withSessionLinesOfNoMeaning_isUnderstood() {
        isUnderstood("flir-odd-session-lines");
    }

    /** go2rtc 1663. */
    @Test
    void description_withNegativePort_isUnderstood() {
        isUnderstood("flir-negative-port");
    }

    /** go2rtc 2245; bytes that are no text in any encoding. */
    @Test
    void description_withBinaryJunkInTheConnection_isUnderstood() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes("v=0\r\nc=IN IP4 ".getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(new byte[] {(byte) 0xff, 0, (byte) 0xc3, (byte) 0x80, 0x1b, (byte) 0xfe});
        body.writeBytes("\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n".getBytes(StandardCharsets.US_ASCII));
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        String head = "RTSP/1.0 200 OK\r\nCSeq: 2\r\nContent-Length: " + body.size() + "\r\n\r\n";
        answer.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        answer.writeBytes(body.toByteArray());

        Dialogue d = new Dialogue("rtsp://192.0.2.1/1").camera("RTSP/1.0 200 OK", "CSeq: 1");
        d.bytes(answer.toByteArray());

        assertTrue(d.all().contains("> SETUP rtsp://192.0.2.1/1 RTSP/1.0"), d::all);
        isUnderstood("yi-junk-in-connection");
    }

    /** gortsplib 468; go2rtc 2316. */
    @Test
    void description_withUnknownMedia_isUnderstood() {
        isUnderstood("amcrest-unknown-media");
    }

    /** gortsplib 468. */
    @Test
    void description_withBlanksBehindTheRtpmap_isUnderstood() {
        isUnderstood("dahua-trailing-blanks");
    }

    /** go2rtc 1278; the parameter sets are found all the same, as {@code CameraDescriptionsTest} has it. */
    @ParameterizedTest
    @ValueSource(strings = {"reolink-fmtp-elsewhere", "fmtp-in-the-sound"})
    void description_withFmtpOfAnotherTrack_isUnderstood(String description) {
        isUnderstood(description);
    }

    /** go2rtc 264, RTSPtoWeb 89: whatever stands in a description, there is a sentence for it and no crash. */
    @Test
    void description_thatIsNone_isSaid() {
        plays("fault-no-description");
    }

    /** "RTP wrong input" of Reolink cameras: go2rtc 83, 212, 214, 231, 236, 365, home-assistant 130091. */
    @Test
    void connection_withCorruptFrames_goesOnAtTheNextOne() {
        plays("corrupt-length", "corrupt-bytes-between", "corrupt-unknown-channel");
    }

    /** mediamtx 1328, 3225, 3226, 3308, 3602. */
    @Test
    void datagrams_outOfOrderTwiceOrLost_doNotStopTheRest() {
        plays("udp-out-of-order", "udp-lost");
    }

    /** mediamtx 1327; what arrived is reported to the camera while it plays. */
    @Test
    void datagrams_areReportedOnToTheCamera() {
        plays("udp-asked-for");
    }

    /** Cameras of datagrams only: go2rtc 538, 132, 1718, 1725, RTSPtoWeb 249, RTSPtoWebRTC 32 and 79, home-assistant 177058. */
    @ParameterizedTest
    @ValueSource(strings = {"udp-wanted-461", "udp-wanted-406-closed", "udp-wanted-silent", "udp-answered-to-tcp"})
    void tcp_refusedOrSilentOrIgnored_goesOnWithUdp(String script) {
        plays(script);
    }

    /** go2rtc 538: what only one side can do is said. */
    @Test
    void udp_askedForInVain_isSaid() {
        plays("udp-refused", "udp-answered-with-tcp");
    }

    /** gortsplib: ports that are wrong, zero, one for both, or not said at all. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "udp-other-port",
                "udp-no-server-port",
                "udp-zero-server-port",
                "udp-same-server-ports",
                "udp-no-transport"
            })
    void udp_fromOtherPortsThanSaid_isTaken(String script) {
        plays(script);
    }

    /** Where the camera has named that address, and only then. */
    @Test
    void udp_fromAnotherAddress_isTakenIfItWasNamed() {
        plays("udp-source-elsewhere", "udp-elsewhere-unnamed");
    }

    /** mediamtx 2069 and 557, go2rtc 602, 1032 and 1208, Frigate 4259, Kurento 554 and 611. */
    @ParameterizedTest
    @ValueSource(strings = {"password-raw", "password-percent", "password-umlaut", "password-empty"})
    void password_withAnyCharacters_letsUsIn(String script) {
        plays(script);
    }

    /** mediamtx 78, 352, 825, 1607, 6167, ZLMediaKit 551, OvenMediaEngine 1245, retina 9. */
    @ParameterizedTest
    @ValueSource(strings = {"base-in-brackets", "base-inner-address", "base-missing", "base-no-host", "base-no-slash"})
    void contentBase_ofAnyKind_leadsToTheTracks(String script) {
        plays(script);
    }

    /** mediamtx 78 and 825, RTSP-Server 108. */
    @ParameterizedTest
    @ValueSource(strings = {"control-absolute", "control-star", "control-missing"})
    void control_ofAnyKind_leadsToTheTrack(String script) {
        plays(script);
    }

    /** Reboots and pulled cables: rtsp-relay 231 and 43, Ant Media 5866 and 7821, openhab-addons 13446 and 13896. */
    @Test
    void camera_goneOrSilentWhilePlaying_isNoticed() {
        plays("resets-while-playing", "leaves-while-playing", "silent-while-playing");
    }

    /** RTSPtoWeb, TP-Link, and the tests of gortsplib. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "login-md5",
                "login-md5-qop",
                "login-md5-sess",
                "login-sha256",
                "login-sha512-256",
                "login-userhash",
                "login-auth-int",
                "login-basic",
                "login-basic-after-digest",
                "login-unknown-then-basic"
            })
    void login_ofEachKind_isAnswered(String script) {
        plays(script);
    }

    /** TP-Link: what was right once is answered anew, where the nonce or the realm is another. */
    @Test
    void login_withStaleNonceOrAnotherRealm_isRenewed() {
        plays("login-stale-nonce", "login-realm-change");
    }

    /** go2rtc and RTSPtoWeb try again and again, until the camera locks the user out. */
    @Test
    void login_refused_isNotRepeated() {
        plays("fault-401", "fault-no-login", "fault-unknown-login");
    }

    /** The password in the clear can be forbidden; Digest beside it is still answered. */
    @Test
    void login_byBasicSwitchedOff_isNotSpoken() {
        plays("fault-basic-only", "login-no-basic-digest");
    }

    /** go2rtc, client.go line 177: 401 for those who do not introduce themselves. */
    @Test
    void userAgent_isNamedInEachRequest() {
        plays("user-agent-wanted");
    }

    /** Many cameras, in the code of go2rtc. */
    @Test
    void channels_otherThanAskedFor_areTaken() {
        plays("channels-other", "channels-one-number");
    }

    /** Escam Q6, in the code of go2rtc. */
    @Test
    void transport_thatSaysUdpAndMeansTcp_isUnderstood() {
        plays("transport-typo");
    }

    /** Dahua. */
    @Test
    void setup_isSentWhenTheOneBeforeIsAnswered() {
        plays("setups-one-by-one");
    }

    /** Hikvision: a second connection begins by DESCRIBE, too. */
    @Test
    void setup_onEachConnection_comesBehindDescribe() {
        plays("udp-wanted-silent", "udp-wanted-406-closed");
    }

    /** Servers that break by a parameter {@code mode}. */
    @Test
    void transport_askedFor_hasNoMode() {
        plays("transport-without-mode");
    }

    /** Servers of live pictures that know no ranges; Parrot, in the code of gortsplib, plays nothing without one. */
    @Test
    void range_refused_isLeftOut() {
        plays("play-range-refused");
    }

    /** gortsplib: what is marked as a way to the camera is none where all tracks are marked so. */
    @Test
    void talkBack_markedWrongly_isPlayed() {
        plays("talk-back-marked-wrongly");
    }

    /** Amcrest and other doorbells, in the manual of go2rtc; go2rtc 331 and 939. */
    @Test
    void talkBack_isNotOpened() {
        plays("talk-back-not-opened");
    }

    /** What users are told must differ where the cause does, and come while they still look. */
    @Test
    void faults_ofAllKinds_areNamedWithinFiveSecondsAndToldApart() {
        Map<String, String> sentences = new HashMap<>();
        for (String name : Scripts.names()) {
            if (name.startsWith("fault-")) {
                ScriptReading.Outcome outcome = ScriptReading.read(Script.named(name));
                assertTrue(outcome.ending().startsWith("= end Camera"), outcome::ending);
                assertTrue(outcome.millis() <= 5000, name + " takes " + outcome.millis() + " ms");
                assertEquals(null, sentences.put(outcome.ending(), name), outcome.ending());
            }
        }
        assertTrue(sentences.size() >= 17, sentences::toString);
    }
}
