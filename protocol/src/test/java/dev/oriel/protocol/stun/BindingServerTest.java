package dev.oriel.protocol.stun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.media.Bytes;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BindingServerTest {

    private static final Bytes ID = Bytes.copyOf(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
    private static final StunMessage QUESTION = read(new StunWriter(StunType.REQUEST, ID).unsigned());

    private final BindingServer server = new BindingServer();

    private static StunMessage read(byte[] bytes) {
        return StunMessage.read(bytes, 0, bytes.length).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.7", "2001:db8::7"})
    void answer_bareQuestion_tellsWhereItCameFrom(String host) {
        InetSocketAddress from = new InetSocketAddress(host, 40_001);

        StunMessage answer = read(server.answer(-5, QUESTION, from).orElseThrow());

        assertEquals(StunType.SUCCESS, answer.type());
        assertEquals(ID, answer.transactionId());
        assertEquals(Optional.of(from), answer.mappedAddress());
    }

    static Stream<StunMessage> others() {
        byte[] corrupt = new StunWriter(StunType.REQUEST, ID).signedWith("x");
        corrupt[corrupt.length - 1] ^= 1;
        return Stream.of(
                read(new StunWriter(StunType.REQUEST, ID).username("a:b").unsigned()),
                read(new StunWriter(StunType.SUCCESS, ID).unsigned()),
                read(new StunWriter(StunType.INDICATION, ID).unsigned()),
                read(corrupt));
    }

    @ParameterizedTest
    @MethodSource("others")
    void answer_anythingElse_isNone(StunMessage message) {
        assertTrue(
                server.answer(0, message, new InetSocketAddress("192.0.2.7", 1)).isEmpty());
    }

    @Test
    void answer_flood_isBoundedEachSecond() {
        int answers = 0;
        for (int i = 0; i < 5000; i++) {
            answers += server.answer(i * 1_000_000L, QUESTION, new InetSocketAddress("192.0.2.7", 1))
                            .isPresent()
                    ? 1
                    : 0;
        }

        assertEquals(5 * BindingServer.MAX_PER_SECOND, answers);
    }
}
