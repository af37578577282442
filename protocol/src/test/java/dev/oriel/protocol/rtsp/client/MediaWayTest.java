package dev.oriel.protocol.rtsp.client;

import static dev.oriel.api.camera.CameraOptions.DEFAULT;
import static dev.oriel.api.camera.CameraOptions.Transport.MULTICAST;
import static dev.oriel.api.camera.CameraOptions.Transport.UDP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.camera.CameraOptions;
import dev.oriel.protocol.rtcp.RtcpPacket;
import dev.oriel.protocol.rtcp.RtcpReader;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The ways media comes, and how the machine goes from one to the next. */
class MediaWayTest {

    private static final String OK = "RTSP/1.0 200 OK";
    private static final String AT = "The camera at 192.0.2.1:554 ";
    private static final String[] VIDEO = {"m=video 0 RTP/AVP 96", "a=rtpmap:96 H264/90000"};

    private static Dialogue describedTo(CameraOptions options, Optional<MediaWay> known) {
        return new Dialogue("rtsp://192.0.2.1/1", options, known)
                .camera(OK, "CSeq: 1")
                .camera(OK, "CSeq: 2", "", VIDEO[0], VIDEO[1]);
    }

    private static Dialogue overUdp(CameraOptions options) {
        return describedTo(options, Optional.empty())
                .camera(
                        OK,
                        "CSeq: 3",
                        "Session: 1",
                        "Transport: RTP/AVP;unicast;client_port=5000-5001;server_port=6000-6001")
                .camera(OK, "CSeq: 4");
    }

    @Test
    void udp_isAskedForAndOpened() {
        Dialogue d = describedTo(DEFAULT.with(UDP), Optional.empty());
        assertTrue(d.all().startsWith("= bind 0\n> SETUP"), d::all);
        assertTrue(d.all().contains("> Transport: RTP/AVP;unicast;client_port=5000-5001"), d::all);

        d.camera(OK, "CSeq: 3", "Session: 1", "Transport: RTP/AVP;unicast;client_port=5000-5001;server_port=6000-6001")
                .camera(OK, "CSeq: 4");
        d.pass(0);
        assertTrue(d.all().contains("= datagram 0 to 6000 8000\n= datagram 0 to 6001 80c9"), d::all);
        assertTrue(d.datagram(0, false, 6000, 1).all().endsWith("= begin H264 of H264\n= rtp 0"), d::all);
        assertEquals(Optional.of(MediaWay.UDP), d.way());
    }

    @Test
    void udp_fromAnotherPortThanSaid_isLearntOnce() {
        Dialogue d = overUdp(DEFAULT.with(UDP)).datagram(0, false, 7000, 1);
        assertEquals("= rtp 0", d.last());
        String before = d.all();

        assertEquals(before, d.datagram(0, false, 7001, 2).all(), "a stranger on the same host");
        d.datagrams.clear();
        d.pass(5_000);
        assertEquals(7000, d.datagrams.get(0).port());
    }

    @Test
    void udp_portsNotSaid_reportsGoToTheOneBehindThatOfTheMedia() {
        Dialogue d = describedTo(DEFAULT.with(UDP), Optional.empty())
                .camera(OK, "CSeq: 3", "Session: 1", "Transport: RTP/AVP;unicast;client_port=5000-5001")
                .camera(OK, "CSeq: 4")
                .datagram(0, false, 7000, 1);

        d.pass(5_000);

        assertTrue(d.all().contains("= datagram 0 to 7001 81c9"), d::all);
    }

    @Test
    void udp_outOfOrder_isPutInOrderAndAGapIsWaitedFor() {
        Dialogue d = overUdp(DEFAULT.with(UDP)).datagram(0, false, 7000, 1);
        int before = d.all().length();
        d.datagram(0, false, 7000, 3).datagram(0, false, 7000, 4);
        assertEquals(before, d.all().length());

        assertEquals("= rtp 0\n= rtp 0", d.pass(150).all().substring(before + 1));
    }

    @Test
    void udp_receiverReports_tellWhatWasLost() {
        Dialogue d = overUdp(DEFAULT.with(UDP)).datagram(0, false, 7000, 1).datagram(0, true, 7001, 0);
        for (int i = 2; i <= 10; i += 2) {
            d.datagram(0, false, 7000, i);
        }
        d.datagrams.clear();
        d.pass(5_000);

        RtspAction.SendDatagram sent = d.datagrams.get(1);
        assertEquals(7001, sent.port());
        var report = (RtcpPacket.ReceiverReport)
                RtcpReader.read(sent.bytes().array(), 0, sent.bytes().limit()).get(0);
        assertEquals(4, report.reports().get(0).cumulativeLost());
        assertEquals(4 * 256 / 10, report.reports().get(0).fractionLost());
        assertEquals(10, report.reports().get(0).highestSequence());
    }

    @Test
    void auto_tcpRefused_goesOnWithUdpOnTheSameConnection() {
        Dialogue d = describedTo(DEFAULT, Optional.empty());
        assertTrue(d.all().contains("RTP/AVP/TCP"), d::all);

        d.camera("RTSP/1.0 461 Unsupported Transport", "CSeq: 3");

        assertTrue(d.all().startsWith("= bind 0\n> SETUP"), d::all);
        d.camera("RTSP/1.0 461 Unsupported Transport", "CSeq: 4");
        assertEquals("= end CameraRefused: " + AT + "sends media neither over TCP nor over UDP (461).", d.last());
    }

    @Test
    void auto_tcpRefusedAndClosed_goesOnWithUdpOnAnotherConnection() {
        Dialogue d = describedTo(DEFAULT, Optional.empty())
                .camera("RTSP/1.0 461 No", "CSeq: 3")
                .disconnect();

        assertTrue(d.all().contains("= connect rtsp://192.0.2.1/1\n> DESCRIBE"), d::all);
        assertTrue(d.disconnect().last().contains("closed the connection while DESCRIBE was awaited"), d::last);
    }

    @Test
    void auto_tcpSilent_goesOnWithUdpAndIsNamedWithinTheTime() {
        Dialogue d = describedTo(DEFAULT, Optional.empty())
                .camera(OK, "CSeq: 3", "Session: 1")
                .camera(OK, "CSeq: 4")
                .pass(1_999);
        assertFalse(d.all().contains("connect"), d::all);
        d.pass(1);
        assertTrue(d.all().contains("> TEARDOWN"), d::all);
        assertTrue(d.all().contains("= connect rtsp://192.0.2.1/1\n> DESCRIBE"), d::all);
        d.camera(OK, "CSeq: 6", "", VIDEO[0], VIDEO[1]);
        assertTrue(d.all().contains("client_port"), d::all);
        d.camera("RTSP/1.0 461 No", "CSeq: 7");

        assertEquals("= end CameraUnreachable: " + AT + "accepts PLAY, but sends no media within 4.5 s.", d.last());
    }

    @Test
    void auto_udpKnownAndSilent_fallsBackToTcp() {
        Dialogue d = describedTo(DEFAULT, Optional.of(MediaWay.UDP));
        assertTrue(d.all().contains("client_port"), d::all);
        d.camera(OK, "CSeq: 3", "Session: 1").camera(OK, "CSeq: 4").pass(2_000);
        d.camera(OK, "CSeq: 6", "", VIDEO[0], VIDEO[1]);

        assertTrue(d.all().contains("RTP/AVP/TCP"), d::all);
        d.camera(OK, "CSeq: 7", "Session: 2").camera(OK, "CSeq: 8").frame(0);
        assertEquals(Optional.of(MediaWay.TCP), d.way());
    }

    @Test
    void auto_udpAnsweredToTcp_isTaken() {
        Dialogue d = describedTo(DEFAULT, Optional.empty())
                .camera(OK, "CSeq: 3", "Session: 1", "Transport: RTP/AVP;unicast;client_port=1-2");

        assertTrue(d.all().contains("> TEARDOWN"), d::all);
        assertTrue(d.all().contains("= connect"), d::all);
        assertTrue(d.camera(OK, "CSeq: 5", "", VIDEO[0], VIDEO[1]).all().contains("client_port=5000"), d::all);
    }

    @Test
    void multicast_groupFromTheAnswerOrTheDescription_isJoined() {
        Dialogue answered = describedTo(DEFAULT.with(MULTICAST), Optional.empty());
        assertTrue(answered.all().contains("> Transport: RTP/AVP;multicast\n"), answered::all);
        answered.camera(
                OK,
                "CSeq: 3",
                "Session: 1",
                "Transport: RTP/AVP;multicast;destination=239.1.2.3;port=6000-6001;ttl=16");
        assertTrue(answered.all().contains("= join 0 239.1.2.3 6000-6001"), answered::all);
        answered.camera(OK, "CSeq: 4").datagram(0, false, 9, 1);
        assertEquals("= rtp 0", answered.last());

        Dialogue d = new Dialogue("rtsp://192.0.2.1/1", DEFAULT.with(MULTICAST))
                .camera(OK, "CSeq: 1")
                .camera(OK, "CSeq: 2", "", "c=IN IP4 239.9.9.9/32", "m=video 7000 RTP/AVP 96", VIDEO[1])
                .camera(OK, "CSeq: 3", "Session: 1", "Transport: RTP/AVP;multicast");
        assertTrue(d.all().contains("= join 0 239.9.9.9 7000-7001"), d::all);
        assertTrue(
                d.portsFailed("sends to a group that cannot be joined").last().contains("cannot be joined"), d::last);
    }

    @Test
    void slowPictures_areNoSilence() {
        Dialogue d = overUdp(DEFAULT.with(UDP)).datagram(0, false, 7000, 1);
        for (int i = 2; i < 30; i++) {
            d.pass(9_000).datagram(0, false, 7000, i);
        }

        assertFalse(d.pass(35_000).isOver(), "four of its own intervals");
        assertTrue(d.pass(1_000).isOver());
    }
}
