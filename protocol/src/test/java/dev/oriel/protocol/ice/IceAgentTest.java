package dev.oriel.protocol.ice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.media.Bytes;
import dev.oriel.protocol.stun.StunMessage;
import dev.oriel.protocol.stun.StunType;
import dev.oriel.protocol.stun.StunWriter;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class IceAgentTest {

    private static final long MILLI = 1_000_000L;
    private static final InetSocketAddress SERVER_LAN = address("192.0.2.2", 8189);
    private static final InetSocketAddress SERVER_VPN = address("198.51.100.2", 8189);
    private static final InetSocketAddress VIEWER = address("192.0.2.9", 50_000);
    private static final InetSocketAddress VIEWER_NAT = address("203.0.113.9", 40_000);

    private static final IceCredentials OURS = new IceCredentials("ours", "ours-password-of-22-chars");
    private static final IceCredentials THEIRS = new IceCredentials("them", "their-password-of-22-chars");

    private final IceAgent agent = new IceAgent(
            77,
            IceRole.CONTROLLED,
            OURS,
            THEIRS,
            List.of(Candidate.host(SERVER_LAN, 0), Candidate.host(SERVER_VPN, 1)),
            new Random(1),
            0);

    private final List<Path> used = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();
    private final List<IceAction.Send> sent = new ArrayList<>();
    private int pauses;
    private long now;

    @Test
    void connect_withoutAnyCandidateInTheOffer_learnsTheAddressFromTheCheck() {
        receive(Path.udp(SERVER_LAN, VIEWER_NAT), request().useCandidate());
        run(0);

        assertEquals(List.of(Path.udp(SERVER_LAN, VIEWER_NAT)), used);
        assertEquals(2, sent.size(), "the answer and a triggered check");
        StunMessage answer = read(sent.get(0).message());
        assertEquals(Optional.of(VIEWER_NAT), answer.mappedAddress());
        assertTrue(answer.isSignedWith(OURS.password()));
        StunMessage check = read(sent.get(1).message());
        assertEquals(Optional.of("them:ours"), check.username());
        assertTrue(check.isSignedWith(THEIRS.password()) && check.isFromControlled());
        assertEquals(77, IceAgent.tagOf(check.transactionId()));
    }

    @Test
    void receive_strangersMessages_changesAndAnswersNothing() {
        Path path = Path.udp(SERVER_LAN, VIEWER);

        assertFalse(agent.receive(0, path, read(request().signedWith("another password"))));
        assertFalse(agent.receive(
                0,
                path,
                read(new StunWriter(StunType.REQUEST, id(1))
                        .username("xxxx:them")
                        .signedWith(OURS.password()))));
        assertFalse(agent.receive(
                0,
                path,
                read(new StunWriter(StunType.REQUEST, id(1))
                        .username("ours:xxxx")
                        .signedWith(OURS.password()))));
        assertFalse(agent.receive(0, path, read(new StunWriter(StunType.SUCCESS, id(1)).signedWith("guess"))));
        run(0);

        assertEquals(List.of(), sent);
        assertEquals(List.of(), used);
    }

    @Test
    void receive_requestOfAControlledSide_isToldOfTheConflict() {
        agent.receive(
                0,
                Path.udp(SERVER_LAN, VIEWER),
                read(new StunWriter(StunType.REQUEST, id(1))
                        .username("ours:them")
                        .controlled(Long.MAX_VALUE)
                        .signedWith(OURS.password())));
        run(0);

        assertEquals(OptionalInt.of(487), read(sent.get(0).message()).errorCode());
        assertEquals(List.of(), used);
    }

    @Test
    void wake_nobodyComes_isGivenUpAfterFifteenSeconds() {
        agent.addRemote(new Candidate("1", 1000, VIEWER, "host"));

        run(14_999);
        assertEquals(List.of(), lost);
        run(1);

        assertEquals(1, lost.size());
        assertTrue(agent.deadlineNanos().isEmpty());
        assertTrue(sent.size() >= 2 && sent.size() <= 16, "checks of two pairs: " + sent.size());
    }

    @Test
    void restart_newCredentials_oldOnesAreDeafAndThePathStaysUntilAnotherAnswers() {
        receive(Path.udp(SERVER_LAN, VIEWER), request().useCandidate());
        run(100);
        IceCredentials fresh = new IceCredentials("new1", "new-password-of-22-chars");
        IceCredentials theirs = new IceCredentials("new2", "new-their-password-22-chars");

        agent.restart(now, fresh, theirs);

        assertFalse(
                agent.receive(now, Path.udp(SERVER_LAN, VIEWER), read(request().signedWith(OURS.password()))));
        Path other = Path.udp(SERVER_LAN, VIEWER_NAT);
        assertTrue(agent.receive(
                now,
                other,
                read(new StunWriter(StunType.REQUEST, id(9))
                        .username("new1:new2")
                        .signedWith(fresh.password()))));
        run(100);
        assertEquals(List.of(Path.udp(SERVER_LAN, VIEWER)), used);
        answerLastCheck(other, theirs);
        run(0);
        assertEquals(other, used.get(used.size() - 1));
    }

    @Test
    void closed_pathInUse_pausesUntilTheViewerComesOverAnother() {
        Path tcp = new Path(Transport.TCP, SERVER_LAN, VIEWER);
        receive(tcp, request().useCandidate());
        run(100);
        answerLastCheck(tcp, THEIRS);
        run(0);

        agent.closed(tcp);
        sent.clear();
        run(10_000);

        assertEquals(1, pauses);
        assertEquals(List.of(), sent, "nobody is there");
        Path again = new Path(Transport.TCP, SERVER_LAN, VIEWER_NAT);
        receive(again, request());
        run(0);
        assertEquals(List.of(tcp, again), used);
        agent.closed(again);
        run(29_000);
        assertEquals(1, lost.size());
    }

    @Test
    void addOwn_relayGivenLater_isPairedWithWhatIsKnown() {
        InetSocketAddress relay = address("198.51.100.77", 49_152);
        agent.addRemote(new Candidate("1", 1000, VIEWER, "host"));
        agent.addOwn(new Candidate("r", 1, relay, "relay", Transport.RELAYED));
        agent.addOwn(Candidate.passive(SERVER_LAN, 0));

        run(1000);

        Set<Path> paths = sent.stream().map(IceAction.Send::path).collect(Collectors.toSet());
        assertEquals(
                Set.of(
                        Path.udp(SERVER_LAN, VIEWER),
                        Path.udp(SERVER_VPN, VIEWER),
                        new Path(Transport.RELAYED, relay, VIEWER)),
                paths);
    }

    @Test
    void deadline_askedAgain_makesNothing() {
        agent.addRemote(new Candidate("1", 1000, VIEWER, "host"));
        run(10);

        assertSame(agent.deadlineNanos(), agent.deadlineNanos());
    }

    @Test
    void addRemote_hundredsOfCandidates_checksAtMostThirtyTwoOfThem() {
        for (int i = 0; i < 300; i++) {
            agent.addRemote(new Candidate("1", 1000 + i, address("192.0.2.9", 10_000 + i), "host"));
        }

        run(14_900);

        assertEquals(64, sent.stream().map(IceAction.Send::path).distinct().count());
    }

    @Test
    void routes_responsesFindTheirAgentByTag() {
        Routes<String> routes = new Routes<>();
        routes.add("ours", 77, "session");
        agent.addRemote(new Candidate("1", 1000, VIEWER, "host"));
        run(0);
        Bytes id = read(sent.get(0).message()).transactionId();

        assertEquals(Optional.of("session"), routes.of(read(request().signedWith("whatever"))));
        assertEquals(
                Optional.of("session"), routes.of(read(new StunWriter(StunType.SUCCESS, id).signedWith("whatever"))));
        assertEquals(Optional.empty(), routes.of(Path.udp(SERVER_LAN, VIEWER)));
        routes.forgetSession("session");
        assertEquals(Optional.empty(), routes.of(read(request().signedWith("whatever"))));
    }

    private void receive(Path path, StunWriter request) {
        assertTrue(agent.receive(now, path, read(request.signedWith(OURS.password()))));
    }

    /** Lets time pass, waking the agent exactly when it wants to be. */
    private void run(long millis) {
        long end = now + millis * MILLI;
        drain();
        agent.wake(now);
        drain();
        while (agent.deadlineNanos().isPresent() && agent.deadlineNanos().getAsLong() <= end) {
            now = Math.max(now, agent.deadlineNanos().getAsLong());
            agent.wake(now);
            drain();
        }
        now = end;
    }

    private void drain() {
        for (IceAction a = agent.poll(); a != null; a = agent.poll()) {
            if (a instanceof IceAction.Send send) {
                sent.add(send);
            } else if (a instanceof IceAction.Use use) {
                used.add(use.path());
            } else if (a instanceof IceAction.Pause) {
                pauses++;
            } else {
                assertInstanceOf(IceAction.Lost.class, a);
                lost.add(new Reachability(List.of(), agent.sightings()).lost());
            }
        }
    }

    private void answerLastCheck(Path path, IceCredentials theirs) {
        StunMessage check = read(sent.get(sent.size() - 1).message());
        assertTrue(agent.receive(
                now,
                path,
                read(new StunWriter(StunType.SUCCESS, check.transactionId()).signedWith(theirs.password()))));
    }

    private static StunWriter request() {
        return new StunWriter(StunType.REQUEST, id(5))
                .username("ours:them")
                .priority(1)
                .controlling(1);
    }

    private static Bytes id(int last) {
        byte[] id = new byte[12];
        id[11] = (byte) last;
        return Bytes.copyOf(id);
    }

    private static StunMessage read(byte[] bytes) {
        return StunMessage.read(bytes, 0, bytes.length).orElseThrow();
    }

    private static InetSocketAddress address(String host, int port) {
        return new InetSocketAddress(host, port);
    }
}
