package dev.oriel.protocol.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.media.Bytes;
import dev.oriel.protocol.stun.StunMethod;
import dev.oriel.protocol.stun.StunType;
import dev.oriel.protocol.stun.StunWriter;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TurnFramingTest {

    private final List<Bytes> found = new ArrayList<>();

    @Test
    void receive_splitAnywhere_findsEachMessage() {
        byte[] stun = new StunWriter(StunMethod.REFRESH, StunType.SUCCESS, Bytes.copyOf(new byte[12]))
                .lifetime(600)
                .unsigned();
        byte[] padded = {0x40, 1, 0, 5, 1, 2, 3, 4, 5, 0, 0, 0};
        byte[] empty = {0x4f, 1, 0, 0};
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        List.of(stun, padded, empty, stun).forEach(all::writeBytes);
        byte[] bytes = all.toByteArray();
        List<Bytes> expected =
                List.of(Bytes.copyOf(stun), Bytes.copyOf(padded), Bytes.copyOf(empty), Bytes.copyOf(stun));

        for (int first = 0; first <= bytes.length; first++) {
            found.clear();
            TurnFraming framing = new TurnFraming();
            assertTrue(framing.receive(bytes, 0, first, this::take));
            assertTrue(framing.receive(bytes, first, bytes.length - first, this::take));
            assertEquals(expected, found, "split at " + first);
        }
    }

    @Test
    void receive_whatNoTurnServerSends_isRefused() {
        assertFalse(new TurnFraming().receive(new byte[] {(byte) 0x80, 0, 0, 0}, 0, 4, this::take));
        assertFalse(new TurnFraming().receive(new byte[] {0x40, 0, (byte) 0xff, 0}, 0, 4, this::take));
        assertFalse(new TurnFraming()
                        .receive("HTTP/1.1 400".getBytes(java.nio.charset.StandardCharsets.UTF_8), 0, 12, this::take)
                && found.isEmpty());
    }

    @Test
    void receive_noise_neverThrows() {
        Random random = new Random(4);
        for (int round = 0; round < 20_000; round++) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            new TurnFraming().receive(noise, 0, noise.length, this::take);
        }
    }

    private void take(byte[] bytes, int length) {
        found.add(Bytes.copyOf(bytes, 0, length));
    }
}
