package dev.oriel.protocol.stun;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.media.Bytes;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The vectors are those of RFC 5769 section 2. */
class StunMessageTest {

    private static final String PASSWORD = "VOkJxbRl1RmTxUk/WvJxBt";
    private static final String ID = "b7e7a701bc34d686fa87dfae";

    private static final byte[] REQUEST = hex("000100582112a442" + ID
            + "80220010" + "5354554e207465737420636c69656e74" // SOFTWARE "STUN test client"
            + "00240004" + "6e0001ff" // PRIORITY
            + "80290008" + "932ff9b151263b36" // ICE-CONTROLLED
            + "00060009" + "6576746a3a68367659202020" // USERNAME "evtj:h6vY"
            + "00080014" + "9aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2" // MESSAGE-INTEGRITY
            + "80280004" + "e57a3bcf"); // FINGERPRINT

    private static final byte[] RESPONSE_V4 = hex("0101003c2112a442" + ID
            + "8022000b" + "7465737420766563746f7220" // SOFTWARE "test vector"
            + "00200008" + "0001a147e112a643" // XOR-MAPPED-ADDRESS
            + "00080014" + "2b91f599fd9e90c38c7489f92af9ba53f06be7d7"
            + "80280004" + "c07d4c96");

    private static final byte[] RESPONSE_V6 = hex("010100482112a442" + ID
            + "8022000b" + "7465737420766563746f7220"
            + "00200014" + "0002a1470113a9faa5d3f179bc25f4b5bed2b9d9"
            + "00080014" + "a382954e4be67bf11784c97c8292c275bfe3ed41"
            + "80280004" + "c8fb0b4c");

    @Test
    void read_sampleRequest_tellsAllAndVerifies() {
        StunMessage message = read(REQUEST);

        assertEquals(StunType.REQUEST, message.type());
        assertEquals(Bytes.copyOf(hex(ID)), message.transactionId());
        assertEquals(Optional.of("evtj:h6vY"), message.username());
        assertEquals(0x6e0001ffL, message.priority().orElseThrow());
        assertTrue(message.isFromControlled());
        assertFalse(message.isFromControlling());
        assertFalse(message.usesCandidate());
        assertTrue(message.isSignedWith(PASSWORD));
        assertFalse(message.isSignedWith(PASSWORD + "x"));
        assertFalse(message.isCorrupt());
    }

    /** RFC 5769 section 2.4: a long-term credential, with a user name and a password that have been prepared (RFC 4013). */
    @Test
    void isSignedWith_sampleRequestWithLongTermCredential_verifies() throws Exception {
        StunMessage message = read(hex("000100602112a44278ad3433c6ad72c029da412e"
                + "00060012" + "e3839ee38388e383aae38383e382afe382b90000" // USERNAME
                + "0015001c" + "662f2f3439396b3935346436 4f4c33346f4c39465354767936347341".replace(" ", "") // NONCE
                + "0014000b" + "6578616d706c652e6f726700" // REALM
                + "00080014" + "f67024656dd64a3e02b8e0712e85c9a28ca89666"));
        byte[] key = java.security.MessageDigest.getInstance("MD5")
                .digest("\u30de\u30c8\u30ea\u30c3\u30af\u30b9:example.org:TheMatrIX"
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertEquals(Optional.of("example.org"), message.realm());
        assertEquals(Optional.of("f//499k954d6OL34oL9FSTvy64sA"), message.nonce());
        assertTrue(message.isSignedWith(key));
        key[0] ^= 1;
        assertFalse(message.isSignedWith(key));
    }

    @Test
    void read_sampleResponses_tellTheMappedAddress() {
        StunMessage v4 = read(RESPONSE_V4);
        StunMessage v6 = read(RESPONSE_V6);

        assertEquals(Optional.of(new InetSocketAddress("192.0.2.1", 32853)), v4.mappedAddress());
        assertEquals(
                Optional.of(new InetSocketAddress("2001:db8:1234:5678:11:2233:4455:6677", 32853)), v6.mappedAddress());
        assertTrue(v4.isSignedWith(PASSWORD) && v6.isSignedWith(PASSWORD));
        assertFalse(v4.isCorrupt() || v6.isCorrupt());
    }

    @Test
    void write_everyAttribute_isReadBack() {
        Bytes id = Bytes.copyOf(hex(ID));
        InetSocketAddress v6 = new InetSocketAddress("fd00::2", 8189);

        StunMessage request = read(new StunWriter(StunType.REQUEST, id)
                .username("abc:de")
                .priority(0x7effffffL)
                .useCandidate()
                .controlling(42)
                .signedWith("secret"));
        StunMessage success =
                read(new StunWriter(StunType.SUCCESS, id).mappedAddress(v6).signedWith("secret"));
        StunMessage error = read(
                new StunWriter(StunType.ERROR, id).error(487, "Role Conflict").signedWith("secret"));

        assertEquals(Optional.of("abc:de"), request.username());
        assertEquals(0x7effffffL, request.priority().orElseThrow());
        assertTrue(request.usesCandidate() && request.isFromControlling() && request.isSignedWith("secret"));
        assertEquals(Optional.of(v6), success.mappedAddress());
        assertEquals(OptionalInt.of(487), error.errorCode());
        assertFalse(request.isCorrupt() || success.isCorrupt() || error.isCorrupt());
    }

    @Test
    void read_anyChangedByte_isNotBelieved() {
        for (int i = 0; i < REQUEST.length - 8; i++) {
            byte[] changed = REQUEST.clone();
            changed[i] ^= 1;
            Optional<StunMessage> message = StunMessage.read(changed, 0, changed.length);
            assertFalse(
                    message.filter(m -> m.isSignedWith(PASSWORD) && !m.isCorrupt())
                            .isPresent(),
                    "byte " + i);
        }
    }

    @Test
    void read_attributesBehindIntegrity_areNotTold() {
        byte[] signed = new StunWriter(StunType.REQUEST, Bytes.copyOf(hex(ID)))
                .username("a:b")
                .signedWith("secret");
        // USE-CANDIDATE put behind, by somebody who does not know the password, in place of FINGERPRINT.
        byte[] more = java.util.Arrays.copyOf(signed, signed.length - 4);
        more[more.length - 4] = 0;
        more[more.length - 3] = 0x25;
        more[more.length - 2] = 0;
        more[more.length - 1] = 0;
        more[3] = (byte) (more.length - 20);

        StunMessage message = read(more);

        assertTrue(message.isSignedWith("secret"));
        assertFalse(message.usesCandidate());
    }

    @Test
    void read_noise_neverThrows() {
        Random random = new Random(5);
        for (int round = 0; round < 50_000; round++) {
            byte[] noise = REQUEST.clone();
            for (int i = 0; i < 4; i++) {
                noise[random.nextInt(noise.length)] = (byte) random.nextInt();
            }
            StunMessage.read(noise, 0, random.nextInt(noise.length + 1)).ifPresent(m -> {
                m.mappedAddress();
                m.errorCode();
                m.priority();
                m.username();
            });
        }
    }

    private static StunMessage read(byte[] bytes) {
        return StunMessage.read(bytes, 0, bytes.length).orElseThrow();
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    @Test
    void write_sameContent_givesTheSameBytes() {
        Bytes id = Bytes.copyOf(hex(ID));

        assertArrayEquals(
                new StunWriter(StunType.REQUEST, id).username("a:b").signedWith("x"),
                new StunWriter(StunType.REQUEST, id).username("a:b").signedWith("x"));
    }
}
