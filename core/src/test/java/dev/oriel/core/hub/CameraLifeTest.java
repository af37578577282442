package dev.oriel.core.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.oriel.api.failure.CameraRefused;
import dev.oriel.api.failure.CameraUnreachable;
import dev.oriel.api.failure.NoEngine;
import dev.oriel.api.failure.RelayException;
import dev.oriel.api.hub.StreamState;
import dev.oriel.core.hub.CameraLife.Action;
import dev.oriel.core.hub.CameraLife.Action.Close;
import dev.oriel.core.hub.CameraLife.Action.Grant;
import dev.oriel.core.hub.CameraLife.Action.Open;
import dev.oriel.core.hub.CameraLife.Action.Refuse;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CameraLifeTest {

    private static final long S = 1_000_000_000L;
    private static final long LINGER = 10 * S;
    private static final RelayException GONE = new CameraUnreachable("gone");
    private static final RelayException REFUSED = new CameraRefused(401, "refused");

    private final CameraLife life = new CameraLife(() -> 0L);

    @Test
    void ask_idle_opensOnceForAll() {
        life.ask(0, 1);
        life.ask(1 * S, 2);

        assertEquals(List.of(new Open(1)), actions());
        assertEquals(StreamState.CONNECTING, life.state());
        life.opened(2 * S, 1);
        assertEquals(List.of(new Grant(1), new Grant(2)), actions());
        assertEquals(StreamState.ACTIVE, life.state());
        assertEquals(OptionalLong.empty(), life.deadlineNanos());
    }

    @Test
    void ask_active_isGrantedAtOnce() {
        running(1);

        life.ask(3 * S, 2);

        assertEquals(List.of(new Grant(2)), actions());
        assertEquals(2, life.leases());
    }

    @Test
    void ended_onDemandStart_refusesTheWaitingAndIsOver() {
        life.ask(0, 1);
        actions();

        life.ended(S, 1, GONE);

        assertEquals(List.of(new Close(1), new Refuse(1, GONE)), actions());
        assertEquals(StreamState.IDLE, life.state());
        assertEquals(OptionalLong.empty(), life.deadlineNanos());
        assertSame(GONE, life.failure().orElseThrow());
    }

    @Test
    void wake_silentCamera_refusesAfterFiveSecondsFromTheAsking() {
        life.ask(0, 1);
        life.ask(2 * S, 2);
        actions();
        assertEquals(OptionalLong.of(5 * S), life.deadlineNanos());

        life.wake(5 * S);

        List<Action> done = actions();
        assertInstanceOf(CameraUnreachable.class, ((Refuse) done.get(0)).why());
        assertEquals(new Close(1), done.get(1), "an attempt has five seconds");
        assertEquals(2, ((Refuse) done.get(2)).ticket());
        assertEquals(StreamState.IDLE, life.state());
    }

    @Test
    void giveBack_last_lingersThenCloses() {
        running(1);

        life.giveBack(5 * S, 1, LINGER);

        assertEquals(StreamState.LINGERING, life.state());
        assertEquals(OptionalLong.of(15 * S), life.deadlineNanos());
        life.wake(15 * S - 1);
        assertEquals(List.of(), actions());
        life.wake(15 * S);
        assertEquals(List.of(new Close(1)), actions());
        assertEquals(StreamState.IDLE, life.state());
    }

    @Test
    void ask_lingering_keepsTheConnection() {
        running(1);
        life.giveBack(5 * S, 1, LINGER);

        life.ask(6 * S, 2);

        assertEquals(List.of(new Grant(2)), actions());
        life.wake(60 * S);
        assertEquals(List.of(), actions());
    }

    @Test
    void giveBack_noLinger_closesAtOnce() {
        running(1);

        life.giveBack(5 * S, 1, 0);
        life.giveBack(5 * S, 1, 0);

        assertEquals(List.of(new Close(1)), actions());
    }

    @Test
    void giveBack_whileConnecting_lingersOnceOpen() {
        life.ask(0, 1);
        life.giveBack(S, 1, LINGER);
        actions();

        life.opened(2 * S, 1);

        assertEquals(List.of(), actions());
        assertEquals(StreamState.LINGERING, life.state());
        assertEquals(OptionalLong.of(12 * S), life.deadlineNanos());
    }

    @Test
    void ended_whileWatched_backsOffLongerButStaysShort() {
        running(1);

        long now = 5 * S;
        long attempt = 1;
        for (long millis : new long[] {500, 1000, 1000, 1000}) {
            life.ended(now, attempt, GONE);
            assertEquals(List.of(new Close(attempt)), actions());
            assertEquals(StreamState.BACKOFF, life.state());
            assertEquals(OptionalLong.of(now + millis * S / 1000), life.deadlineNanos());
            now += millis * S / 1000;
            life.wake(now);
            attempt++;
            assertEquals(List.of(new Open(attempt)), actions());
        }
        assertEquals(1, life.leases(), "an outage ends no lease");
    }

    @Test
    void ended_afterSteadyTime_startsWithAShortBackoffAgain() {
        running(1);
        life.ended(5 * S, 1, GONE);
        life.wake(6 * S);
        life.ended(6 * S, 2, GONE);
        life.wake(8 * S);
        life.opened(9 * S, 3);

        life.ended(19 * S, 3, GONE);

        assertEquals(OptionalLong.of(19 * S + S / 2), life.deadlineNanos());
    }

    @Test
    void ended_cameraThatOpensAndFallsAtOnce_isNotStormed() {
        running(1);
        life.ended(3 * S, 1, GONE);
        life.wake(4 * S);
        life.opened(4 * S, 2);

        life.ended(5 * S, 2, GONE);

        assertEquals(OptionalLong.of(6 * S), life.deadlineNanos());
    }

    @Test
    void ask_backoff_triesAtOnceButOncePerSecond() {
        running(1);
        life.ended(50 * S, 1, GONE);
        life.wake(51 * S);
        life.ended(52 * S, 2, GONE);
        actions();

        life.ask(52 * S + 1, 2);
        assertEquals(List.of(new Open(3)), actions(), "the last attempt began a second ago");
        life.ended(52 * S + 2, 3, GONE);
        assertEquals(List.of(new Close(3), new Refuse(2, GONE)), actions());
        life.ask(52 * S + 3, 3);
        life.ask(52 * S + 4, 4);

        assertEquals(List.of(), actions());
        assertEquals(OptionalLong.of(53 * S + 1), life.deadlineNanos());
        life.wake(53 * S + 1);
        assertEquals(List.of(new Open(4)), actions());
        life.opened(53 * S + 2, 4);
        assertEquals(List.of(new Grant(3), new Grant(4)), actions());
    }

    @Test
    void ask_freshlyFailedOnDemand_isHeldToOneAttemptPerSecondToo() {
        life.ask(0, 1);
        life.ended(1, 1, GONE);
        actions();

        life.ask(2, 2);

        assertEquals(List.of(), actions());
        assertEquals(StreamState.BACKOFF, life.state());
        assertEquals(OptionalLong.of(S), life.deadlineNanos());
        life.giveBack(3, 2, LINGER);
        assertEquals(StreamState.IDLE, life.state());
        assertEquals(OptionalLong.empty(), life.deadlineNanos());
    }

    @Test
    void ask_loginRefused_isAnsweredFromMemoryForFiveSeconds() {
        life.ask(0, 1);
        life.ended(S, 1, REFUSED);
        actions();

        life.ask(5 * S - 1, 2);
        assertEquals(List.of(new Refuse(2, REFUSED)), actions());
        life.ask(5 * S, 3);
        assertEquals(List.of(new Open(2)), actions());
    }

    @Test
    void ended_loginRefusedWhileAlways_triesOncePerMinute() {
        life.keepOpen(0, true);
        actions();

        life.ended(S, 1, REFUSED);

        assertEquals(OptionalLong.of(61 * S), life.deadlineNanos());
    }

    @Test
    void keepOpen_always_opensAndStaysOpen() {
        life.keepOpen(0, true);
        assertEquals(List.of(new Open(1)), actions());
        life.opened(S, 1);
        life.ask(2 * S, 1);
        life.giveBack(3 * S, 1, LINGER);

        assertEquals(StreamState.ACTIVE, life.state());
        life.ended(4 * S, 1, GONE);
        assertEquals(StreamState.BACKOFF, life.state());
        actions();
        life.keepOpen(4 * S, false);
        assertEquals(StreamState.IDLE, life.state());
        assertEquals(OptionalLong.empty(), life.deadlineNanos());
    }

    @Test
    void orphaned_watched_opensWithTheNextEngineAtOnce() {
        running(1);

        life.orphaned(5 * S, 1);

        assertEquals(List.of(new Close(1), new Open(2)), actions());
        life.ended(5 * S, 2, new NoEngine("none"));
        actions();
        life.engineCame(5 * S + 1);
        assertEquals(List.of(new Open(3)), actions());
        assertEquals(1, life.leases());
    }

    @Test
    void anything_fromAnAttemptThatIsOver_isIgnored() {
        running(1);
        life.ended(5 * S, 1, GONE);
        actions();

        life.opened(5 * S, 1);
        life.ended(5 * S, 1, GONE);
        life.orphaned(5 * S, 1);

        assertEquals(List.of(), actions());
        assertEquals(StreamState.BACKOFF, life.state());
    }

    @Test
    void stop_running_closesAndRefuses() {
        running(1);
        life.ended(3 * S, 1, GONE);
        life.ask(4 * S, 2);
        actions();

        life.stop(GONE);

        assertEquals(List.of(new Refuse(2, GONE), new Close(2)), actions());
        assertEquals(OptionalLong.empty(), life.deadlineNanos());
        assertEquals(0, life.leases());
    }

    @Test
    void clock_wrapsAround_changesNothing() {
        long start = Long.MAX_VALUE - 3 * S;
        life.ask(start, 1);
        actions();

        life.wake(start + 4 * S);
        assertEquals(List.of(), actions());
        life.wake(start + 5 * S);

        assertTrue(actions().get(0) instanceof Refuse);
    }

    private void running(long ticket) {
        life.ask(0, ticket);
        life.opened(S, 1);
        assertEquals(List.of(new Open(1), new Grant(ticket)), actions());
    }

    private List<Action> actions() {
        List<Action> all = new ArrayList<>();
        for (Action action; (action = life.poll()) != null; ) {
            all.add(action);
        }
        return all;
    }
}
