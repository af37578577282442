package dev.oriel.protocol.stun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ServerReflexiveTest {

    private static final InetSocketAddress LOCAL = new InetSocketAddress("192.168.1.5", 8189);
    private static final InetSocketAddress SECOND_LOCAL = new InetSocketAddress("10.0.0.5", 8189);
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 8189);
    private static final InetSocketAddress V6_LOCAL = new InetSocketAddress("fd00::5", 8189);
    private static final InetSocketAddress SERVER = new InetSocketAddress("198.51.100.1", 3478);
    private static final InetSocketAddress OTHER_SERVER = new InetSocketAddress("198.51.100.2", 3478);
    private static final InetSocketAddress OUTSIDE = new InetSocketAddress("203.0.113.7", 40_000);
    private static final InetSocketAddress MOVED = new InetSocketAddress("203.0.113.99", 40_001);
    private static final long SECOND = 1_000_000_000L;

    private final ServerReflexive client = new ServerReflexive(new Random(1));
    private long now = -3 * SECOND;

    @Test
    void ask_serverAnswers_tellsTheAddressForEachOwnOneOfItsFamily() {
        client.ask(now, List.of(LOCAL, V6_LOCAL, SECOND_LOCAL, LOOPBACK), List.of(SERVER));

        List<ServerReflexive.Question> questions = drain();
        assertEquals(
                List.of(LOCAL, SECOND_LOCAL),
                questions.stream().map(ServerReflexive.Question::from).toList());
        assertTrue(answer(questions.get(0), OUTSIDE));

        assertEquals(Map.of(LOCAL, List.of(OUTSIDE)), client.mapped());
    }

    @Test
    void wake_everyTwentySeconds_asksAgainAndNoticesAChange() {
        client.ask(now, List.of(LOCAL), List.of(SERVER));
        answer(drain().get(0), OUTSIDE);
        assertEquals(OptionalLong.of(now + ServerReflexive.KEEPALIVE_NANOS), client.deadlineNanos());
        now += ServerReflexive.KEEPALIVE_NANOS;
        client.wake(now);

        answer(drain().get(0), MOVED);

        assertEquals(Map.of(LOCAL, List.of(MOVED)), client.mapped());
    }

    @Test
    void wake_serverIsSilent_isAskedSevenTimesThenLeftAlone() {
        client.ask(now, List.of(LOCAL), List.of(SERVER));
        long start = now;
        List<Long> sentMillis = new ArrayList<>();
        while (client.faults().isEmpty()) {
            drain().forEach(q -> sentMillis.add((now - start) / 1_000_000));
            now = client.deadlineNanos().orElseThrow();
            client.wake(now);
        }

        // RFC 8489 section 6.2.1.
        assertEquals(List.of(0L, 500L, 1500L, 3500L, 7500L, 15_500L, 31_500L), sentMillis);
        assertEquals(39_500, (now - start) / 1_000_000);
        assertEquals(Map.of(SERVER, "does not answer"), client.faults());
        assertEquals(OptionalLong.of(now + ServerReflexive.RETRY_NANOS), client.deadlineNanos());
    }

    @Test
    void wake_serverThatIsGone_isNotBelievedForEver() {
        client.ask(now, List.of(LOCAL), List.of(SERVER));
        answer(drain().get(0), OUTSIDE);
        for (int i = 0; i < 8; i++) {
            now = client.deadlineNanos().orElseThrow();
            client.wake(now);
        }

        assertEquals(Map.of(), client.mapped());
    }

    @Test
    void mapped_serversSeeDifferentPorts_tellsBoth() {
        client.ask(now, List.of(LOCAL), List.of(SERVER, OTHER_SERVER));
        List<ServerReflexive.Question> questions = drain();
        answer(questions.get(1), MOVED);
        answer(questions.get(0), OUTSIDE);

        assertEquals(Map.of(LOCAL, List.of(OUTSIDE, MOVED)), client.mapped());
    }

    @Test
    void receive_whatNobodyAsked_changesNothing() {
        client.ask(now, List.of(LOCAL), List.of(SERVER));
        ServerReflexive.Question question = drain().get(0);
        StunMessage right = success(question, OUTSIDE);

        assertFalse(client.receive(LOCAL, OTHER_SERVER, right, now));
        assertFalse(client.receive(SECOND_LOCAL, SERVER, right, now));
        assertFalse(client.receive(LOCAL, SERVER, read(question.message()), now));
        assertEquals(Map.of(), client.mapped());
        assertTrue(client.receive(LOCAL, SERVER, right, now));
        assertFalse(client.receive(LOCAL, SERVER, success(question, MOVED), now));
        assertEquals(Map.of(LOCAL, List.of(OUTSIDE)), client.mapped());
    }

    @Test
    void receive_error_isAFaultUntilItAnswers() {
        client.ask(now, List.of(LOCAL), List.of(SERVER));
        ServerReflexive.Question question = drain().get(0);
        byte[] error = new StunWriter(StunType.ERROR, read(question.message()).transactionId())
                .error(500, "No")
                .unsigned();
        client.receive(LOCAL, SERVER, read(error), now);
        assertEquals(Map.of(SERVER, "answers with 500"), client.faults());
        now += ServerReflexive.RETRY_NANOS;
        client.wake(now);
        answer(drain().get(0), OUTSIDE);

        assertEquals(Map.of(), client.faults());
    }

    @Test
    void ask_othersFromNowOn_forgetsThoseThatWent() {
        client.ask(now, List.of(LOCAL, SECOND_LOCAL), List.of(SERVER));
        List<ServerReflexive.Question> questions = drain();
        answer(questions.get(0), OUTSIDE);

        client.ask(now, List.of(LOCAL), List.of(SERVER));

        assertEquals(Map.of(LOCAL, List.of(OUTSIDE)), client.mapped());
        assertFalse(answer(questions.get(1), MOVED));
        assertEquals(List.of(), drain());
        client.ask(now, List.of(), List.of());
        assertEquals(OptionalLong.empty(), client.deadlineNanos());
    }

    @Test
    void wake_everyFourthDatagramLost_addressIsKnownAlmostAlways() {
        Random loss = new Random(7);
        client.ask(now, List.of(LOCAL), List.of(SERVER));
        long end = now + 3600 * SECOND;
        long known = 0;
        long before = now;
        while (now - end < 0) {
            for (ServerReflexive.Question question : drain()) {
                if (loss.nextInt(4) > 0 && loss.nextInt(4) > 0) {
                    answer(question, OUTSIDE);
                }
            }
            now = client.deadlineNanos().orElseThrow();
            known += client.mapped().isEmpty() ? 0 : now - before;
            before = now;
            client.wake(now);
        }

        assertTrue(known > 3400 * SECOND, known / SECOND + " s");
    }

    private List<ServerReflexive.Question> drain() {
        List<ServerReflexive.Question> questions = new ArrayList<>();
        for (ServerReflexive.Question q = client.poll(); q != null; q = client.poll()) {
            questions.add(q);
        }
        return questions;
    }

    private boolean answer(ServerReflexive.Question question, InetSocketAddress seen) {
        return client.receive(question.from(), question.to(), success(question, seen), now);
    }

    private static StunMessage success(ServerReflexive.Question question, InetSocketAddress seen) {
        return read(new StunWriter(StunType.SUCCESS, read(question.message()).transactionId())
                .mappedAddress(seen)
                .unsigned());
    }

    private static StunMessage read(byte[] bytes) {
        return StunMessage.read(bytes, 0, bytes.length).orElseThrow();
    }
}
