package dev.oriel.protocol.rtp;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.oriel.api.media.RtpPacket;
import dev.oriel.protocol.rtcp.RtcpReader;
import dev.oriel.protocol.rtp.nal.NalSyntax;

/** What any packets do to the readers of media: none that comes out is too large, and no number is out of its row. */
class RtpFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void h264(byte[] bytes) {
        normalise(NalSyntax.H264, bytes);
    }

    @FuzzTest(maxDuration = "1m")
    void h265(byte[] bytes) {
        normalise(NalSyntax.H265, bytes);
    }

    @FuzzTest(maxDuration = "1m")
    void rtcp(byte[] bytes) {
        RtcpReader.read(bytes, 0, bytes.length);
    }

    /** The input is a row of payloads, each behind two bytes: its length, and the marker with how the time goes on. */
    private static void normalise(NalSyntax syntax, byte[] bytes) {
        Collected collected = new Collected(syntax);
        int timestamp = 0;
        int at = 0;
        while (at + 2 <= bytes.length) {
            int length = Math.min((bytes[at] & 0xff) * 16, bytes.length - at - 2);
            timestamp += (bytes[at + 1] & 0x3f) * 90;
            byte[] payload = java.util.Arrays.copyOfRange(bytes, at + 2, at + 2 + length);
            collected.feed(timestamp, (bytes[at + 1] & 0x80) != 0, payload);
            at += 2 + length;
        }
        int expected = 0;
        for (RtpPacket packet : collected.packets) {
            assertTrue(packet.payloadLength() > 0 && packet.payloadLength() <= RtpPacket.MAX_PAYLOAD_BYTES);
            int step = packet.sequenceNumber() - expected & 0xffff;
            assertTrue(step <= 1, "a number out of the row");
            expected = packet.sequenceNumber() + 1 & 0xffff;
        }
        collected.nals();
    }
}
