package dev.oriel.protocol.rtcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RtcpTest {

    private static final ReportBlock BLOCK = new ReportBlock(7, 12, -3, 0x0001_0002, 90, 0x12345678, 65536);

    static Stream<RtcpPacket> packets() {
        return Stream.of(
                new RtcpPacket.SenderReport(0xfedcba98, 0xe0000000_80000000L, 90_000, 10, 1000, List.of()),
                new RtcpPacket.SenderReport(1, 2, 3, 4, 5, List.of(BLOCK, BLOCK)),
                new RtcpPacket.ReceiverReport(1, List.of(BLOCK)),
                new RtcpPacket.ReceiverReport(1, List.of()),
                new RtcpPacket.SourceDescription(1, ""),
                new RtcpPacket.SourceDescription(1, "a"),
                new RtcpPacket.SourceDescription(1, "abcd@oriel"),
                new RtcpPacket.Goodbye(9),
                new RtcpPacket.Nack(1, 2, List.of(5)),
                new RtcpPacket.Nack(1, 2, List.of(65_530, 65_535, 3, 10, 11, 500)),
                new RtcpPacket.PictureLoss(1, 2),
                new RtcpPacket.FullIntraRequest(1, List.of(2, 3)));
    }

    @ParameterizedTest
    @MethodSource("packets")
    void read_whatWasWritten_isTheSame(RtcpPacket packet) {
        byte[] bytes = new byte[256];
        RtcpWriter writer = new RtcpWriter(bytes).add(packet);

        assertEquals(0, writer.length() % 4);
        assertEquals(List.of(packet), RtcpReader.read(bytes, 0, writer.length()));
    }

    @Test
    void read_compound_givesAllInOrder() {
        byte[] bytes = new byte[1500];
        RtcpWriter writer = new RtcpWriter(bytes);
        packets().forEach(writer::add);

        assertEquals(packets().toList(), RtcpReader.read(bytes, 0, writer.length()));
    }

    @Test
    void read_remb_givesTheRate() {
        // V=2 FMT=15 PT=206 length=5 | sender | media 0 | "REMB" | 1 SSRC, exponent 3, mantissa 0x3d090 | SSRC
        byte[] bytes =
                HexFormat.of().parseHex("8fce0005" + "00000001" + "00000000" + "52454d42" + "010fd090" + "00000007");

        assertEquals(
                List.of(new RtcpPacket.EstimatedBitrate(1, 0x3d090L << 3)), RtcpReader.read(bytes, 0, bytes.length));
    }

    /** What browsers send beside the rest: a receiver's reference time (RFC 3611 section 4.4), and transport-wide feedback. */
    @Test
    void read_extendedReportAndTransportFeedback_arePassedOver() {
        String extended = "80cf0004" + "00000001" + "04000002" + "e0000000" + "80000000";
        // Base 7, two packets, reference time 1, feedback 0 | run of two small deltas | deltas 4 and 8
        String feedback = "8fcd0005" + "00000001" + "00000002" + "00070002" + "00000100" + "20020408";
        String missing = "81cd0003" + "00000001" + "00000002" + "00050000";
        byte[] bytes = HexFormat.of().parseHex(extended + feedback + missing);

        assertEquals(List.of(new RtcpPacket.Nack(1, 2, List.of(5))), RtcpReader.read(bytes, 0, bytes.length));
    }

    @Test
    void read_unknownTypeAndPadding_arePassedOver() {
        // An application packet, then a goodbye with four bytes of padding.
        byte[] bytes =
                HexFormat.of().parseHex("80cc0002" + "00000001" + "6e616d65" + "a1cb0002" + "00000009" + "00000004");

        assertEquals(List.of(new RtcpPacket.Goodbye(9)), RtcpReader.read(bytes, 0, bytes.length));
    }

    @Test
    void read_everyPrefixAndEveryNoise_neverThrows() {
        byte[] bytes = new byte[1500];
        RtcpWriter writer = new RtcpWriter(bytes);
        packets().forEach(writer::add);
        int all = packets().toList().size();

        IntStream.rangeClosed(0, writer.length())
                .forEach(n -> assertTrue(RtcpReader.read(bytes, 0, n).size() <= all));
        Random random = new Random(4);
        for (int round = 0; round < 20_000; round++) {
            byte[] noise = Arrays.copyOf(bytes, writer.length());
            for (int i = 0; i < 8; i++) {
                noise[random.nextInt(noise.length)] = (byte) random.nextInt();
            }
            RtcpReader.read(noise, 0, random.nextInt(noise.length + 1));
        }
    }

    @Test
    void ntpTime_thereAndBack_losesLessThanANanosecondOrTwo() {
        long unixNanos = 1_790_000_000_123_456_789L;

        long ntp = NtpTime.ofUnixNanos(unixNanos);

        assertEquals(unixNanos, NtpTime.toUnixNanos(ntp), 2);
        assertEquals(1_790_000_000L + 2_208_988_800L, ntp >>> 32);
        assertEquals((int) (ntp >>> 16), NtpTime.middle(ntp));
    }
}
