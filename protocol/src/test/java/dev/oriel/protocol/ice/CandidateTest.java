package dev.oriel.protocol.ice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CandidateTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[object RTCIceCandidate]",
                "1 1 udp 2122260223 d1b2c3d4-1111-2222-3333-444455556666.local 50000 typ host",
                "1 1 udp 2122260223 camera.example 50000 typ host",
                "1 2 udp 2122260223 192.0.2.9 50000 typ host",
                "1 1 tcp 1518280447 192.0.2.9 9 typ host tcptype active",
                "1 1 udp 2122260223 192.0.2.9 0 typ host",
                "1 1 udp 2122260223 192.0.2.9 70000 typ host",
                "1 1 udp 2122260223 0.0.0.0 9 typ host",
                "1 1 udp 2122260223 300.0.2.9 9 typ host",
                "1 1 udp 99999999999 192.0.2.9 9 typ host",
                "1 1 udp 1 fe80::zz 9 typ host"
            })
    void parse_whatCannotBeUsed_isNothing(String text) {
        assertEquals(Optional.empty(), Candidate.parse(text));
    }

    @Test
    void parse_browserLine_isRead() {
        assertEquals(
                Optional.of(
                        new Candidate("842163049", 1677729535, new InetSocketAddress("203.0.113.9", 40678), "srflx")),
                Candidate.parse("candidate:842163049 1 UDP 1677729535 203.0.113.9 40678 typ srflx raddr 0.0.0.0 rport 0"
                        + " generation 0 ufrag abcd network-cost 999"));
    }

    @Test
    void parse_whatWasWritten_isTheSame() {
        Candidate v6 = Candidate.host(new InetSocketAddress("2001:db8::9", 8189), 3);

        assertEquals(Optional.of(v6), Candidate.parse(v6.write()));
    }

    @Test
    void write_passive_isBelowUdpAndNotReadBack() {
        Candidate passive = Candidate.passive(new InetSocketAddress("192.0.2.2", 8189), 1);

        assertEquals("t2 1 tcp 1520434943 192.0.2.2 8189 typ host tcptype passive", passive.write());
        assertTrue(passive.priority() < Candidate.host(passive.address(), 65535).priority());
        assertTrue(passive.priority() < Candidate.passive(passive.address(), 0).priority());
        assertEquals(Optional.empty(), Candidate.parse(passive.write()), "it is for viewers to connect");
    }

    @ParameterizedTest
    @CsvSource({
        "0,STUN",
        "3,STUN",
        "4,UNKNOWN",
        "19,UNKNOWN",
        "20,DTLS",
        "63,DTLS",
        "64,UNKNOWN",
        "127,UNKNOWN",
        "128,RTP",
        "191,RTP",
        "192,UNKNOWN",
        "255,UNKNOWN"
    })
    void kind_firstByte_decides(int first, DatagramKind kind) {
        assertEquals(kind, DatagramKind.of(new byte[] {(byte) first, 96}, 0, 2));
    }

    @ParameterizedTest
    @CsvSource({"191,RTP", "192,RTCP", "200,RTCP", "207,RTCP", "223,RTCP", "224,RTP"})
    void kind_secondByte_tellsControlFromMedia(int second, DatagramKind kind) {
        assertEquals(kind, DatagramKind.of(new byte[] {(byte) 0x80, (byte) second}, 0, 2));
    }

    @Test
    void write_addressesOfOthers_sayWhatTheyStandFor() {
        InetSocketAddress base = new InetSocketAddress("192.168.1.5", 8189);
        InetSocketAddress outside = new InetSocketAddress("203.0.113.7", 40_000);

        Candidate reflexive = Candidate.reflexive(outside, base, 0);
        Candidate relayed = Candidate.relayed(new InetSocketAddress("198.51.100.1", 50_000), outside);

        assertEquals("s1 1 udp 1694498815 203.0.113.7 40000 typ srflx raddr 192.168.1.5 rport 8189", reflexive.write());
        assertEquals("r1 1 udp 16777215 198.51.100.1 50000 typ relay raddr 203.0.113.7 rport 40000", relayed.write());
        assertTrue(relayed.priority() < Candidate.passive(base, 8191).priority());
    }
}
