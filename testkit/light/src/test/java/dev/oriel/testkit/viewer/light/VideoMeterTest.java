package dev.oriel.testkit.viewer.light;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.protocol.srtp.MasterKey;
import dev.oriel.protocol.srtp.SrtpProfile;
import dev.oriel.protocol.srtp.SrtpReceiver;
import dev.oriel.protocol.srtp.SrtpSender;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VideoMeterTest {

    private static final byte[] IDR_START = {0x7c, (byte) 0x85, 1, 2, 3, 4};
    private static final byte[] IDR_END = {0x7c, 0x45, 5, 6, 7, 8};
    private static final byte[] SLICE = {0x41, 9, 9, 9};
    private static final int SSRC = 7;
    private static final byte[] OTHER_SALT = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

    private final MasterKey key = new MasterKey(SrtpProfile.AEAD_AES_128_GCM, new byte[16], new byte[12]);
    private final SrtpSender sender = new SrtpSender(key);
    private final List<String> seen = new ArrayList<>();
    private final VideoMeter meter = new VideoMeter(
            new VideoWatch() {
                @Override
                public boolean payload(byte[] packet, int offset, int length) {
                    seen.add("payload " + packet[offset + length - 1]);
                    return true;
                }

                @Override
                public void frame(boolean whole, boolean keyframe, long arrivedNanos) {
                    seen.add((whole ? "whole " : "broken ") + (keyframe ? "key " : "") + arrivedNanos);
                }
            },
            VideoMeter.scratch());

    private void packet(int sequence, int timestamp, boolean marker, byte[] payload, long nowNanos) {
        byte[] plain = new byte[12 + payload.length];
        ByteBuffer.wrap(plain)
                .put((byte) 0x80)
                .put((byte) (marker ? 0xe0 : 0x60))
                .putShort((short) sequence)
                .putInt(timestamp)
                .putInt(SSRC)
                .put(payload);
        byte[] out = new byte[64];
        int length = sender.protect(plain, plain.length, sequence, out);
        meter.packet(ByteBuffer.wrap(out), length, nowNanos);
    }

    @Test
    void packet_wholeKeyframe_isThePicture() {
        meter.secured(new SrtpReceiver(key));

        packet(65535, 90, false, IDR_START, 1);
        assertFalse(meter.isPictured());
        packet(65536, 90, true, IDR_END, 2);

        assertTrue(meter.isPictured());
        assertEquals(List.of("payload 4", "payload 8", "whole key 2"), seen);
        assertEquals(0x10000, meter.extendedSequence());
    }

    @Test
    void packet_missingOne_isLostAndItsFrameBroken() {
        meter.secured(new SrtpReceiver(key));

        packet(1, 90, false, IDR_START, 1);
        packet(2, 90, true, IDR_END, 2);
        packet(3, 180, false, SLICE, 3);
        packet(5, 180, true, SLICE, 4);
        packet(4, 180, false, SLICE, 5);

        Counts counts = meter.counts();
        assertEquals(5, counts.packets());
        assertEquals(1, counts.frames());
        assertEquals(1, counts.broken());
        assertEquals(1, counts.late());
        assertEquals(0, counts.lost());
        assertTrue(seen.contains("broken 4"), seen.toString());
    }

    @Test
    void packet_afterThePicture_isDecryptedUntilEnoughIsKnown() {
        meter.secured(new SrtpReceiver(key));
        packet(1, 90, false, IDR_START, 1);
        packet(2, 90, true, IDR_END, 2);
        seen.clear();

        packet(3, 180, false, new byte[] {0x41, 3}, 3);
        packet(4, 180, false, new byte[] {0x41, 4}, 4);
        packet(5, 180, true, new byte[] {0x41, 5}, 5);

        assertEquals(List.of("payload 3", "whole 5"), seen);
    }

    @Test
    void packet_ofSomebodyElse_isIgnored() {
        meter.secured(new SrtpReceiver(new MasterKey(SrtpProfile.AEAD_AES_128_GCM, new byte[16], OTHER_SALT)));

        packet(1, 90, true, SLICE, 1);

        assertEquals(Counts.NONE, meter.counts());
    }
}
