package dev.oriel.protocol.sctp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/** What any packet does to an association. */
class SctpFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void packet(byte[] bytes) {
        SctpAssociation association = new SctpAssociation(Browser.PORTS, new Random(1), 0);
        byte[] packet = Arrays.copyOf(bytes, Math.max(bytes.length, 16));
        ByteBuffer.wrap(packet)
                .putShort(0, (short) 5000)
                .putShort(2, (short) 5000)
                .putInt(8, SctpPacket.checksum(packet, 0, packet.length));
        association.receive(1, packet, 0, packet.length);
        association.wake(2_000_000_000L);
        association.poll();
    }
}
