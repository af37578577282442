package dev.oriel.protocol.ice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoutesTest {

    private final Routes<String> routes = new Routes<>();

    @Test
    void learn_onePathTooMany_forgetsTheOneNotHeardOfForLongest() {
        routes.add("a", 1, "viewer");
        for (int i = 0; i < Routes.MAX_PATHS; i++) {
            assertEquals(Optional.empty(), routes.learn(path(i), "viewer"));
        }
        routes.learn(path(0), "viewer");

        assertEquals(Optional.of(path(1)), routes.learn(path(100), "viewer"));
        assertEquals(Optional.empty(), routes.of(path(1)));
        assertEquals(Optional.of("viewer"), routes.of(path(0)));
        assertEquals(Optional.of("viewer"), routes.of(path(100)));
    }

    @Test
    void forgetSession_takesItsOwnEntriesAndNoOthers() {
        routes.add("a", 1, "first");
        routes.add("b", 2, "second");
        routes.learn(path(1), "first");
        routes.learn(path(2), "first");
        // A router gives the port to another viewer.
        routes.learn(path(2), "second");

        assertEquals(List.of(path(1)), routes.forgetSession("first"));
        assertEquals(Optional.empty(), routes.of(path(1)));
        assertEquals(Optional.of("second"), routes.of(path(2)));
        assertEquals(List.of(path(2)), routes.forgetSession("second"));
        assertEquals(List.of(), routes.forgetSession("second"));
    }

    @Test
    void learn_sessionThatIsOver_isNotBroughtBack() {
        routes.add("a", 1, "viewer");
        routes.forgetSession("viewer");

        routes.learn(path(1), "viewer");

        assertEquals(Optional.empty(), routes.of(path(1)));
    }

    @Test
    void forget_pathThatIsNoMore_isNotCountedAnyLonger() {
        routes.add("a", 1, "viewer");
        routes.learn(path(1), "viewer");
        routes.forget(path(1));

        assertEquals(Optional.empty(), routes.of(path(1)));
        assertEquals(List.of(), routes.forgetSession("viewer"));
    }

    private static Path path(int number) {
        return Path.udp(new InetSocketAddress("192.0.2.2", 8189), new InetSocketAddress("192.0.2.9", 10_000 + number));
    }
}
