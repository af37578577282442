package dev.oriel.testkit.viewer.light;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.protocol.ice.IceCredentials;
import dev.oriel.protocol.webrtc.SessionOffer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemoteEndTest {

    private static final String ANSWER = """
            v=0
            o=- 1 1 IN IP4 0.0.0.0
            s=-
            t=0 0
            a=group:BUNDLE 0
            m=video 9 UDP/TLS/RTP/SAVPF 103
            c=IN IP4 0.0.0.0
            a=setup:active
            a=mid:0
            a=ice-ufrag:abcd
            a=ice-pwd:0123456789012345678901
            a=candidate:1 1 udp 2130706431 127.0.0.1 8189 typ host
            a=candidate:2 1 udp 2130706431 ::1 8189 typ host
            a=candidate:3 1 tcp 2130706431 127.0.0.1 8189 typ host tcptype passive
            a=candidate:4 2 udp 2130706431 127.0.0.1 8190 typ host
            """;

    @Test
    void parse_answer_tellsWhereTheServerIs() throws Exception {
        RemoteEnd end = RemoteEnd.parse(ANSWER);

        assertEquals(new IceCredentials("abcd", "0123456789012345678901"), end.credentials());
        assertEquals(List.of(new InetSocketAddress("127.0.0.1", 8189)), end.candidates());
        assertFalse(end.passive());
        assertTrue(end.videoTypes().get(103));
        assertEquals(1, end.videoTypes().cardinality());
    }

    @Test
    void parse_whatNobodyCanConnectBy_isRefused() {
        assertThrows(IOException.class, () -> RemoteEnd.parse("nothing"));
        assertThrows(IOException.class, () -> RemoteEnd.parse(ANSWER.replace("video 9", "video 0")));
        assertThrows(IOException.class, () -> RemoteEnd.parse(ANSWER.replace("a=ice-pwd", "a=x")));
        assertThrows(IOException.class, () -> RemoteEnd.parse(ANSWER.replace("a=setup", "a=x")));
    }

    @Test
    void write_offer_isWhatAServerReads() {
        IceCredentials own = new IceCredentials("efgh", "9876543210987654321098");
        String offer = ViewerOffer.write(own, new InetSocketAddress("127.0.0.1", 4711), "AA:".repeat(31) + "BB");

        SessionOffer read = SessionOffer.parse(offer);

        assertEquals(own, read.credentials());
        assertEquals(1, read.candidates().size());
        assertEquals(4711, read.candidates().get(0).address().getPort());
        assertEquals(1, read.fingerprints().size());
    }
}
