package dev.oriel.protocol.rtsp.client;

import dev.oriel.protocol.rtcp.RtcpPacket;
import dev.oriel.protocol.rtcp.RtcpReader;
import dev.oriel.protocol.rtcp.RtcpWriter;
import dev.oriel.protocol.rtp.RtpView;
import dev.oriel.protocol.rtp.arrival.Reception;
import dev.oriel.protocol.rtp.arrival.ReorderBuffer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * One track whose media comes in datagrams.
 *
 * <p>Cameras send from other ports than they say: the first datagram of each kind that makes sense tells the port, and from
 * then on that one counts. Two small datagrams to the camera open the firewalls on the way, before media comes and with each
 * report after it; they are what other clients send, and cameras pass them over.
 */
final class UdpLine {

    private static final int RTP_HEADER_BYTES = 12;
    private static final int REPORT_BYTES = 128;
    private static final int MAX_PORT = 0xffff;

    private final int line;
    private final int ownSsrc;
    private final ReorderBuffer order;
    private final Reception reception;
    private final RtpView view = new RtpView();
    private int rtpPort;
    private int rtcpPort;
    private boolean knowsRtp;
    private boolean knowsRtcp;

    UdpLine(int line, int clockRateHz, int ownSsrc, ReorderBuffer.Output output) {
        this.line = line;
        this.ownSsrc = ownSsrc;
        this.order = new ReorderBuffer(output);
        this.reception = new Reception(clockRateHz);
    }

    /** The camera's ports, as it says. */
    void told(int rtp, int rtcp) {
        rtpPort = rtp;
        rtcpPort = rtcp;
    }

    /** Takes a datagram on the first port; it is told in its turn, if it is RTP and of this camera. */
    void rtp(long nowNanos, int fromPort, byte[] bytes, int offset, int length) {
        if (knowsRtp && fromPort != rtpPort || !view.moveTo(bytes, offset, length)) {
            return;
        }
        if (rtcpPort == 0 && fromPort < MAX_PORT) {
            // The next one, if nobody says otherwise (RFC 3550 section 11).
            rtcpPort = fromPort + 1;
        }
        knowsRtp = true;
        rtpPort = fromPort;
        reception.arrived(nowNanos, view.ssrc(), view.sequenceNumber(), view.timestamp());
        order.receive(nowNanos, view.sequenceNumber(), view.ssrc(), bytes, offset, length);
    }

    /** Takes a datagram on the second port; answers whether it is RTCP of this camera. */
    boolean rtcp(long nowNanos, int fromPort, byte[] bytes, int offset, int length) {
        List<RtcpPacket> packets =
                knowsRtcp && fromPort != rtcpPort ? List.of() : RtcpReader.read(bytes, offset, length);
        if (packets.isEmpty()) {
            return false;
        }
        knowsRtcp = true;
        rtcpPort = fromPort;
        for (RtcpPacket packet : packets) {
            if (packet instanceof RtcpPacket.SenderReport report) {
                reception.senderReport(nowNanos, report);
            }
        }
        return true;
    }

    OptionalLong deadlineNanos() {
        return order.deadlineNanos();
    }

    void wake(long nowNanos) {
        order.wake(nowNanos);
    }

    /** Opens the way, and reports what came by now (RFC 3550 section 6.4.2). */
    void speak(long nowNanos, Consumer<RtspAction> out) {
        if (rtpPort > 0) {
            ByteBuffer empty = ByteBuffer.allocate(RTP_HEADER_BYTES).put(0, (byte) 0x80);
            out.accept(new RtspAction.SendDatagram(line, false, rtpPort, empty));
        }
        if (rtcpPort > 0) {
            byte[] bytes = new byte[REPORT_BYTES];
            RtcpWriter writer = new RtcpWriter(bytes);
            writer.add(new RtcpPacket.ReceiverReport(
                    ownSsrc, reception.hasSource() ? List.of(reception.report(nowNanos)) : List.of()));
            writer.add(new RtcpPacket.SourceDescription(ownSsrc, "oriel"));
            ByteBuffer report = ByteBuffer.wrap(bytes, 0, writer.length());
            out.accept(new RtspAction.SendDatagram(line, true, rtcpPort, report));
        }
    }
}
