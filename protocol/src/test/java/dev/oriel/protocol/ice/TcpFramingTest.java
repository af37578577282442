package dev.oriel.protocol.ice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TcpFramingTest {

    private final TcpFraming framing = new TcpFraming();
    private final byte[] scratch = new byte[TcpFraming.MAX_BYTES];
    private final List<List<Byte>> received = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 300, 2047, 2048, 2049, 5000})
    void receive_splitAtAnyPlace_findsEveryDatagram(int part) {
        byte[] stream = frames(3, 1, 0, 2048, 700, 1);

        for (int at = 0; at < stream.length; at += part) {
            assertTrue(receive(stream, at, Math.min(part, stream.length - at)));
        }

        assertEquals(
                List.of(3, 1, 2048, 700, 1), received.stream().map(List::size).toList());
        for (List<Byte> datagram : received) {
            for (int i = 0; i < datagram.size(); i++) {
                assertEquals((byte) (datagram.size() + i), datagram.get(i));
            }
        }
    }

    @Test
    void receive_lengthBeyondTheBound_isRefusedBeforeAnythingIsKept() {
        assertTrue(receive(new byte[] {8, 0}, 0, 2), "2048");
        assertFalse(new TcpFraming().receive(new byte[] {8, 1}, 0, 2, scratch, (b, n) -> {}), "2049");
        byte[] http = "GET / HTTP/1.1\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        assertFalse(new TcpFraming().receive(http, 0, http.length, scratch, (b, n) -> {}));
        assertEquals(List.of(), received);
    }

    private boolean receive(byte[] bytes, int offset, int count) {
        return framing.receive(bytes, offset, count, scratch, (datagram, length) -> {
            List<Byte> copy = new ArrayList<>();
            for (byte b : Arrays.copyOf(datagram, length)) {
                copy.add(b);
            }
            received.add(copy);
        });
    }

    private static byte[] frames(int... lengths) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int length : lengths) {
            out.write(length >> 8);
            out.write(length);
            for (int i = 0; i < length; i++) {
                out.write(length + i);
            }
        }
        return out.toByteArray();
    }
}
