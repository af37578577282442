package dev.oriel.protocol.turn;

import java.util.OptionalLong;

/** Which of two times is the earlier one; one may be absent. */
final class Deadlines {

    private Deadlines() {}

    static OptionalLong earlier(OptionalLong one, long other) {
        return one.isEmpty() || other - one.getAsLong() < 0 ? OptionalLong.of(other) : one;
    }

    static OptionalLong earlier(OptionalLong one, OptionalLong other) {
        return other.isEmpty() ? one : earlier(one, other.getAsLong());
    }
}
