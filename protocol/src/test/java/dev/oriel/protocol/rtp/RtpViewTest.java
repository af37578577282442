package dev.oriel.protocol.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RtpViewTest {

    private static final String FIXED = "1234 89abcdef 01020304"; // sequence number, timestamp, source

    @ParameterizedTest
    @CsvSource({
        // first byte: version 2, padding, extension, count of sources; then what comes behind the fixed header
        "80 60, 'aabbcc', 12, 3",
        "80 e0, '', 12, 0",
        "82 60, '11111111 22222222 aabb', 20, 2",
        "90 60, 'bede 0000 aabb', 16, 2",
        "90 60, 'bede 0001 00000000 aa', 20, 1",
        "91 60, '11111111 bede 0001 00000000 aa', 24, 1",
        "a0 60, 'aabb 0002', 12, 2",
        "a0 60, 'aabb 04', 12, -1",
        "a0 60, 'aabb 00', 12, 3",
        "b0 60, 'bede 0000 aabbcc 01', 16, 3"
    })
    void moveTo_parts_findsThePayload(String start, String rest, int offset, int length) {
        byte[] packet = RtpBytes.hex("ff" + start + FIXED + rest);
        RtpView view = new RtpView();

        assertEquals(length >= 0, view.moveTo(packet, 1, packet.length - 1));

        if (length >= 0) {
            assertEquals(offset + 1, view.payloadOffset());
            assertEquals(length, view.payloadLength());
            assertEquals(0x1234, view.sequenceNumber());
            assertEquals(0x89abcdef, view.timestamp());
            assertEquals(0x01020304, view.ssrc());
            assertEquals(start.endsWith("e0"), view.marker());
            assertEquals(96, view.payloadType());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "80",
                "80 60 1234 89abcdef 010203", // a byte short
                "40 60 1234 89abcdef 01020304", // version 1
                "81 60 1234 89abcdef 01020304", // a source that is not there
                "90 60 1234 89abcdef 01020304 bede00", // half an extension header
                "90 60 1234 89abcdef 01020304 bede 0001", // an extension that is not there
                "90 60 1234 89abcdef 01020304 bede ffff 00000000", // a length that is negative when read as signed
                "a0 60 1234 89abcdef 01020304 ff" // more padding than packet
            })
    void moveTo_malformed_isRefused(String hex) {
        byte[] packet = RtpBytes.hex(hex);

        assertFalse(new RtpView().moveTo(packet, 0, packet.length));
    }

    @Test
    void moveTo_anyBytes_staysWithinThePacket() {
        Random random = new Random(5);
        RtpView view = new RtpView();
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[64];
            random.nextBytes(bytes);
            bytes[0] = (byte) (0x80 | bytes[0] & 0x3f);
            int length = random.nextInt(65);
            if (view.moveTo(bytes, 0, length)) {
                assertTrue(view.payloadOffset() >= 12 && view.payloadLength() >= 0);
                assertTrue(view.payloadOffset() + view.payloadLength() <= length);
            }
        }
    }
}
