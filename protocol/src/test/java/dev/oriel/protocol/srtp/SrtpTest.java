package dev.oriel.protocol.srtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SrtpTest {

    /** RFC 7714 section 16: the session key and salt. */
    private static final SessionKeys GCM_KEYS =
            new SessionKeys(hex("000102030405060708090a0b0c0d0e0f"), new byte[20], hex("517569642070726f2071756f"));

    @Test
    void derive_rfc3711AppendixB3_givesTheKeysWrittenThere() {
        MasterKey master = new MasterKey(
                SrtpProfile.AES128_CM_HMAC_SHA1_80,
                hex("E1F97A0D3E018BE0D64FA32C06DE4139"),
                hex("0EC675AD498AFEEBB6960B3AABE6"));

        SessionKeys keys = SessionKeys.forMedia(master);

        assertArrayEquals(hex("C61E7A93744F39EE10734AFE3FF7A087"), keys.cipherKey());
        assertArrayEquals(hex("30CBBC08863D8C85D49DB34A9AE1"), keys.salt());
        assertArrayEquals(hex("CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4"), keys.authenticationKey());
    }

    @Test
    void protect_rfc3711AppendixB2_usesTheKeystreamWrittenThere() {
        SessionKeys keys = new SessionKeys(
                hex("2B7E151628AED2A6ABF7158809CF4F3C"), new byte[20], hex("F0F1F2F3F4F5F6F7F8F9FAFBFCFD"));
        SrtpSender sender = new SrtpSender(new CounterCipher(keys), new CounterCipher(keys), 0);
        byte[] zeros = new byte[12 + 32]; // version 0, source 0, index 0, a payload of zeros
        byte[] out = new byte[100];

        sender.protect(zeros, zeros.length, 0, out);

        assertArrayEquals(
                hex("E03EAD0935C95E80E166B16DD92B4EB4" + "D23513162B02D0F72A43A2FE4A5F97AB"),
                Arrays.copyOfRange(out, 12, 44));
    }

    @Test
    void protect_rfc7714Section16_givesThePacketWrittenThere() {
        byte[] plain = hex("8040f17b8041f8d35501a0b2" + "47616c6c696120657374206f6d6e6973" + "20646976697361"
                + "20696e207061727465732074726573");
        SrtpSender sender = new SrtpSender(new GcmCipher(GCM_KEYS), new GcmCipher(GCM_KEYS), 0);
        byte[] out = new byte[200];

        int length = sender.protect(plain, plain.length, 0xf17b, out);

        assertEquals(
                "8040f17b8041f8d35501a0b2" + "f24de3a3fb34de6cacba861c9d7e4bca" + "be633bd50d294e6f42a5f47a51c7d19b"
                        + "36de3adf8833" + "899d7f27beb16a9152cf765ee4390cce",
                HexFormat.of().formatHex(out, 0, length));
    }

    @Test
    void protectControl_rfc7714Section17_givesThePacketWrittenThere() {
        byte[] plain = hex("81c8000d4d617273" + "4e5450314e545032525450200000042a" + "0000e9304c756e61"
                + "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef");
        SrtpSender sender = new SrtpSender(new GcmCipher(GCM_KEYS), new GcmCipher(GCM_KEYS), 0x5d3);
        byte[] out = new byte[200];

        int length = sender.protectControl(plain, plain.length, out);

        assertEquals(
                "81c8000d4d617273" + "63e94885dcdab67ca727d7662f6b7e99" + "7ff5c0f76c06f32dc676a5f1730d6fda"
                        + "4ce09b4686303ded0bb9275bc84aa458" + "96cf4d2fc5abf87245d9eade" + "800005d4",
                HexFormat.of().formatHex(out, 0, length));
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void unprotect_threeWrapsWithLossAndDisorder_givesEachPacketOnce(SrtpProfile profile) {
        SrtpSender sender = new SrtpSender(master(profile));
        SrtpReceiver receiver = new SrtpReceiver(master(profile));
        Random random = new Random(1);
        byte[] plain = new byte[200];
        byte[] out = new byte[300];
        byte[] back = new byte[300];

        for (long index = 65_000; index < 65_000 + 3 * 65_536; index += 1 + random.nextInt(200)) {
            long late = index - random.nextInt(20);
            packet(plain, late, random);
            int length = sender.protect(plain, plain.length, late, out);
            OptionalInt opened = receiver.unprotect(out, 0, length, back);
            if (late == index) {
                assertEquals(OptionalInt.of(plain.length), opened, "index " + index);
            }
            if (opened.isPresent()) {
                assertArrayEquals(plain, Arrays.copyOf(back, plain.length));
                assertEquals(OptionalInt.empty(), receiver.unprotect(out, 0, length, back), "replayed " + late);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void unprotectControl_repeatedOrChanged_isRefused(SrtpProfile profile) {
        SrtpSender sender = new SrtpSender(master(profile));
        SrtpReceiver receiver = new SrtpReceiver(master(profile));
        byte[] report = hex("80c90001" + "00000001" + "81ce0002" + "0000000100000002");
        byte[] out = new byte[100];
        byte[] back = new byte[100];
        int length = sender.protectControl(report, report.length, out);

        for (int i = 0; i < length; i++) {
            byte[] changed = out.clone();
            changed[i] ^= 4;
            assertEquals(OptionalInt.empty(), receiver.unprotectControl(changed, 0, length, back), "byte " + i);
        }
        for (int n = 0; n < length; n++) {
            assertEquals(OptionalInt.empty(), receiver.unprotectControl(out, 0, n, back), "length " + n);
        }
        assertEquals(OptionalInt.of(report.length), receiver.unprotectControl(out, 0, length, back));
        assertArrayEquals(report, Arrays.copyOf(back, report.length));
        assertEquals(OptionalInt.empty(), receiver.unprotectControl(out, 0, length, back));
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void protect_samePacketAgain_givesTheSameBytes(SrtpProfile profile) {
        SrtpSender sender = new SrtpSender(master(profile));
        byte[] plain = new byte[100];
        packet(plain, 70_000, new Random(2));
        byte[] first = new byte[150];
        byte[] second = new byte[150];

        int length = sender.protect(plain, plain.length, 70_000, first);
        for (int i = 0; i < 3; i++) {
            assertEquals(length, sender.protect(plain, plain.length, 70_000, second));
            assertArrayEquals(first, second);
        }
        assertTrue(length <= plain.length + SrtpSender.MAX_GROWTH);
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void unprotect_headerExtension_staysReadable(SrtpProfile profile) {
        SrtpSender sender = new SrtpSender(master(profile));
        byte[] plain = hex("90e00001" + "00000002" + "00000003" + "bede0001" + "52000000" + "aabbccdd");
        byte[] out = new byte[100];
        byte[] back = new byte[100];

        int length = sender.protect(plain, plain.length, 1, out);

        assertArrayEquals(Arrays.copyOf(plain, 20), Arrays.copyOf(out, 20));
        assertEquals(OptionalInt.of(plain.length), new SrtpReceiver(master(profile)).unprotect(out, 0, length, back));
    }

    private static MasterKey master(SrtpProfile profile) {
        byte[] exported = new byte[MasterKey.exportedBytes(profile)];
        new Random(9).nextBytes(exported);
        return MasterKey.ofServer(profile, exported);
    }

    private static void packet(byte[] packet, long index, Random random) {
        random.nextBytes(packet);
        ByteBuffer.wrap(packet)
                .putShort((short) 0x8060)
                .putShort((short) index)
                .putInt((int) index * 10)
                .putInt(7);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
