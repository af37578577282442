package dev.oriel.egress.passthrough.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.oriel.protocol.ice.Candidate;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OwnCandidatesTest {

    private final Candidate host = Candidate.host(new InetSocketAddress("192.0.2.2", 8189), 0);
    private final Candidate passive = Candidate.passive(host.address(), 0);
    private final Candidate outside = new Candidate("s", 9, new InetSocketAddress("203.0.113.2", 8189), "srflx");
    private final OwnCandidates own = new OwnCandidates(List.of(host));
    private final List<String> told = new ArrayList<>();

    @Test
    void found_beforeAndAfterSomebodyListens_isToldOnce() {
        own.found(List.of(host, passive));
        own.tell(told::add);
        own.found(List.of(host, passive, outside));
        own.found(List.of(outside, host));

        assertEquals(List.of("candidate:" + passive.write(), "candidate:" + outside.write()), told);
        assertEquals(List.of(host, passive, outside), own.known());
    }

    @Test
    void found_withoutEnd_isBounded() {
        own.tell(told::add);
        own.found(IntStream.range(1, 1000)
                .mapToObj(port -> Candidate.host(new InetSocketAddress("192.0.2.3", port), 0))
                .toList());

        assertEquals(OwnCandidates.MAX, own.known().size());
        assertEquals(OwnCandidates.MAX - 1, told.size());
    }
}
