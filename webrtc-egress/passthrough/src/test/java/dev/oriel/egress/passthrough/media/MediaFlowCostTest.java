package dev.oriel.egress.passthrough.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.oriel.api.media.RtpPacket;
import dev.oriel.protocol.rtcp.ReportBlock;
import dev.oriel.protocol.rtcp.RtcpPacket;
import dev.oriel.protocol.rtcp.RtcpWriter;
import dev.oriel.protocol.srtp.MasterKey;
import dev.oriel.protocol.srtp.SrtpProfile;
import dev.oriel.protocol.srtp.SrtpReceiver;
import dev.oriel.protocol.srtp.SrtpSender;
import dev.oriel.protocol.webrtc.Answer;
import dev.oriel.protocol.webrtc.SentTrack;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a viewer's flow costs, whoever the viewer is. */
class MediaFlowCostTest {

    private static final long MILLI = 1_000_000L;
    private static final int SSRC = 0x11;
    private static final MasterKey OURS = new MasterKey(SrtpProfile.AEAD_AES_128_GCM, new byte[16], new byte[12]);
    private static final MasterKey THEIRS = new MasterKey(
            SrtpProfile.AEAD_AES_128_GCM, "sixteen bytes ok".getBytes(StandardCharsets.US_ASCII), new byte[12]);

    private final FakeLease lease = new FakeLease();
    private final Handover handover = new Handover(() -> {}, () -> 0);
    private final Counters counters = new Counters();
    private final SrtpSender viewer = new SrtpSender(THEIRS);
    private long sentBytes;
    private final MediaFlow flow = new MediaFlow(
            lease,
            handover,
            new CameraHistory(),
            new Answer("", List.of(new SentTrack(Packets.VIDEO, 108, SSRC, OptionalInt.empty()))),
            new MediaFlow.Keys(new SrtpSender(OURS), new SrtpReceiver(THEIRS)),
            counters,
            MediaFlow.Scratch.create(),
            new MediaFlow.Out() {
                @Override
                public boolean send(byte[] packet, int length) {
                    sentBytes += length;
                    return true;
                }

                @Override
                public boolean isOverloaded() {
                    return false;
                }
            },
            new Random(1),
            0);

    /** The JDK's cipher makes about a kilobyte a packet; whatever is beside it is ours. */
    @Test
    void packet_onceEverythingIsCompiled_makesNoGarbageBesideTheCiphers() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        SrtpSender alone = new SrtpSender(OURS);
        byte[] plain = new byte[1212];
        plain[0] = (byte) 0x80;
        byte[] sealed = new byte[1400];
        RtpPacket[] packets = new RtpPacket[4000];
        flow.start(0);
        long index = 1000;
        long now = 0;
        double ciphers = 0;
        double all = 0;
        for (int round = 0; round < 12; round++) {
            for (int i = 0; i < packets.length; i++) {
                int n = round * packets.length + i;
                packets[i] = Packets.packet(n & 0xffff, n / 10 * 3600, n % 1000 == 0, n * MILLI, 1200);
            }
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < packets.length; i++) {
                alone.protect(plain, plain.length, index++, sealed);
            }
            long between = threads.getCurrentThreadAllocatedBytes();
            for (RtpPacket packet : packets) {
                handover.onPacket(Packets.VIDEO, packet);
                now += 4 * MILLI;
                flow.drain(now);
            }
            long after = threads.getCurrentThreadAllocatedBytes();
            ciphers = (between - before) / (double) packets.length;
            all = (after - between) / (double) packets.length;
        }

        assertEquals(12L * packets.length, counters.packetsSent());
        assertTrue(all - ciphers < 64, all + " bytes a packet, of which the cipher makes " + ciphers);
    }

    /** Compound packets with their bytes and lengths broken, from a viewer who has the keys. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void control_brokenCompounds_neverThrowAndCostLittle(long seed) {
        Random random = new Random(seed);
        flow.start(0);
        for (int i = 0; i < 200; i++) {
            handover.onPacket(Packets.VIDEO, Packets.picture(i, i == 0));
        }
        flow.drain(0);
        sentBytes = 0;
        long now = 0;
        for (int round = 0; round < 3000; round++) {
            now += MILLI;
            byte[] plain = new byte[512];
            int length = compound(random, plain);
            for (int i = random.nextInt(6); i > 0; i--) {
                plain[random.nextInt(length)] = (byte) random.nextInt(256);
            }
            // The first word is kept readable, else it is not taken for a control packet.
            plain[0] = (byte) (0x80 | plain[0] & 0x3f);
            int cut = random.nextInt(4) == 0 ? 12 + random.nextInt(length - 11) : length;
            byte[] sealed = new byte[600];
            int size = viewer.protectControl(plain, cut, sealed);
            flow.receiveControl(now, sealed, 0, size);
        }

        assertTrue(sentBytes < 3_500L * 1400, sentBytes + " bytes in three seconds");
    }

    private static int compound(Random random, byte[] plain) {
        RtcpWriter writer = new RtcpWriter(plain)
                .add(new RtcpPacket.ReceiverReport(
                        1,
                        List.of(new ReportBlock(
                                SSRC,
                                random.nextInt(256),
                                random.nextInt(),
                                random.nextInt(),
                                random.nextInt(),
                                random.nextInt(),
                                random.nextInt()))));
        switch (random.nextInt(5)) {
            case 0 -> writer.add(new RtcpPacket.Nack(1, SSRC, List.of(random.nextInt(65_536), 5, 9)));
            case 1 -> writer.add(new RtcpPacket.PictureLoss(1, SSRC));
            case 2 -> writer.add(new RtcpPacket.FullIntraRequest(1, List.of(SSRC, 7)));
            case 3 -> writer.add(new RtcpPacket.SourceDescription(1, "viewer"));
            default -> writer.add(new RtcpPacket.Goodbye(1));
        }
        return writer.length();
    }
}
