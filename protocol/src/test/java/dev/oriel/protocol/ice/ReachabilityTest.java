package dev.oriel.protocol.ice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReachabilityTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long BEGAN = -7 * SECOND;

    private static final Candidate OURS = host("192.168.1.2", 8189);
    private static final Candidate OURS_V6 = host("2001:db8::2", 8189);
    private static final Candidate OURS_TCP = Candidate.passive(OURS.address(), 0);
    private static final Candidate OURS_OUTSIDE =
            new Candidate("s", 9, new InetSocketAddress("203.0.113.2", 8189), "srflx");
    private static final Candidate RELAY = new Candidate("r", 1, new InetSocketAddress("203.0.113.3", 50_000), "relay");
    private static final Candidate ITS = host("192.168.1.9", 50_000);
    private static final Candidate ITS_OUTSIDE =
            new Candidate("s", 9, new InetSocketAddress("198.51.100.9", 40_000), "srflx");
    private static final InetSocketAddress ELSEWHERE = new InetSocketAddress("198.51.100.9", 41_234);

    /** What differs from an agent that has just begun and seen nothing. */
    private static final class Seen {
        private long answeredSecondsAgo;
        private boolean connected;
        private boolean paused;
        private List<InetSocketAddress> heardFrom = List.of();
        private List<InetSocketAddress> forgedFrom = List.of();
        private long answers;
        private List<Candidate> told = List.of();
        private int hidden;

        Seen told(Candidate... candidates) {
            told = List.of(candidates);
            return this;
        }

        Seen hidden() {
            hidden = 2;
            return this;
        }

        Seen heardFrom(InetSocketAddress address) {
            heardFrom = List.of(address);
            connected = true;
            return this;
        }

        Seen forged() {
            forgedFrom = List.of(ELSEWHERE);
            return this;
        }

        Seen answered(int secondsAgo) {
            answers = 3;
            answeredSecondsAgo = secondsAgo;
            return this;
        }

        Seen paused() {
            paused = true;
            return this;
        }

        Sightings at(long now) {
            return new Sightings(
                    BEGAN,
                    now - answeredSecondsAgo * SECOND,
                    connected,
                    paused,
                    heardFrom,
                    forgedFrom,
                    answers,
                    told,
                    hidden);
        }
    }

    private static Arguments row(String name, List<Candidate> announced, Seen seen, String waiting, String lost) {
        return Arguments.of(Named.of(name, announced), seen, waiting, lost);
    }

    static Stream<Arguments> cases() {
        String tooLate = "The viewer could not be reached within 15 seconds. ";
        String blocked =
                "Nothing has come from the viewer to 192.168.1.2:8189 by UDP: a firewall blocks the port, or a router"
                        + " does not forward it. ";
        String hides = blocked + "It cannot be called from here, since its browser hides its addresses (.local).";
        String nothingTold =
                "Nothing has come from the viewer to 192.168.1.2:8189, [2001:db8:0:0:0:0:0:2]:8189 by UDP or TCP:"
                        + " a firewall blocks the port, or a router does not forward it. It cannot be called from here, since it has"
                        + " told no address.";
        String unanswered = blocked + "Our own checks to 192.168.1.9:50000 are not answered.";
        String outside =
                "Nothing has come from the viewer to 192.168.1.2:8189 by UDP: it is not in this network, and a router"
                        + " has to forward the port and be announced with its outer address. Our own checks to 198.51.100.9:40000 are"
                        + " not answered.";
        String symmetric =
                "Nothing has come from the viewer to 192.168.1.2:8189, 203.0.113.2:8189 by UDP: a firewall blocks the"
                        + " port, or a router does not forward it. Our own checks to 192.168.1.9:50000, 198.51.100.9:40000 are not"
                        + " answered. Between routers that give each connection a port of its own, only a relay (TURN) helps.";
        String relayed =
                "Nothing has come from the viewer to 192.168.1.2:8189, 203.0.113.2:8189, 203.0.113.3:50000 by UDP: a"
                        + " firewall blocks the port, or a router does not forward it. Our own checks to 192.168.1.9:50000,"
                        + " 198.51.100.9:40000 are not answered. The relay (TURN) has not helped.";
        String forged =
                "Checks come from 198.51.100.9:41234, but not with this session's password: the viewer does not use the"
                        + " answer to its own offer.";
        String oneWay =
                "Packets come from the viewer at 198.51.100.9:41234, but it answers none of ours: they do not reach it.";
        String closed = "The viewer's TCP connection was closed, and it has not come back.";
        return Stream.of(
                row("hides its addresses", List.of(OURS), new Seen().hidden(), hides, tooLate + hides),
                row("tells nothing", List.of(OURS, OURS_V6, OURS_TCP), new Seen(), nothingTold, tooLate + nothingTold),
                row("does not answer", List.of(OURS), new Seen().told(ITS), unanswered, tooLate + unanswered),
                row("is outside", List.of(OURS), new Seen().told(ITS_OUTSIDE), outside, tooLate + outside),
                row(
                        "symmetric on both sides",
                        List.of(OURS, OURS_OUTSIDE),
                        new Seen().told(ITS, ITS_OUTSIDE),
                        symmetric,
                        tooLate + symmetric),
                row(
                        "relay in vain",
                        List.of(OURS, OURS_OUTSIDE, RELAY),
                        new Seen().told(ITS, ITS_OUTSIDE),
                        relayed,
                        tooLate + relayed),
                row("another answer", List.of(OURS), new Seen().told(ITS).forged(), forged, tooLate + forged),
                row("one way", List.of(OURS), new Seen().heardFrom(ELSEWHERE), oneWay, oneWay),
                row(
                        "one way, ports differ",
                        List.of(OURS, OURS_OUTSIDE),
                        new Seen().told(ITS_OUTSIDE).heardFrom(ELSEWHERE),
                        oneWay
                                + " Between routers that give each connection a port of its own, only a relay (TURN) helps.",
                        oneWay
                                + " Between routers that give each connection a port of its own, only a relay (TURN) helps."),
                row(
                        "TCP closed",
                        List.of(OURS),
                        new Seen().heardFrom(ELSEWHERE).answered(3).paused(),
                        closed,
                        closed),
                row(
                        "quiet",
                        List.of(OURS),
                        new Seen().heardFrom(ELSEWHERE).answered(17),
                        "The viewer has not answered for 17 seconds.",
                        "The viewer has not answered for 30 seconds: it has gone, or its network has."),
                row(
                        "well",
                        List.of(OURS),
                        new Seen().heardFrom(ELSEWHERE).answered(7),
                        "",
                        "The viewer has not answered for 30 seconds: it has gone, or its network has."));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void reachability_eachCase_isSaidInWords(List<Candidate> announced, Seen seen, String waiting, String lost) {
        long now = BEGAN + 10 * SECOND;
        Reachability judged = new Reachability(announced, seen.at(now));

        assertEquals(waiting, judged.waiting(now));
        assertEquals(lost, judged.lost());
    }

    @Test
    void waiting_inTheFirstSeconds_accusesNobody() {
        long now = BEGAN + SECOND;

        assertEquals(
                "The network path to the viewer is being looked for.",
                new Reachability(List.of(OURS), new Seen().at(now)).waiting(now));
        assertEquals(
                "",
                new Reachability(List.of(OURS), new Seen().heardFrom(ELSEWHERE).at(now)).waiting(now));
    }

    @Test
    void lost_manyAddresses_namesThree() {
        List<Candidate> many =
                List.of(host("192.168.1.1", 1), host("192.168.1.2", 2), host("192.168.1.3", 3), host("192.168.1.4", 4));

        String sentence = new Reachability(many, new Seen().at(BEGAN)).lost();

        assertEquals(
                "The viewer could not be reached within 15 seconds. Nothing has come from the viewer to 192.168.1.1:1,"
                        + " 192.168.1.2:2, 192.168.1.3:3 and 1 more by UDP",
                sentence.substring(0, sentence.lastIndexOf(": a firewall")));
    }

    private static Candidate host(String address, int port) {
        return Candidate.host(new InetSocketAddress(address, port), 0);
    }
}
