package dev.oriel.core.hub;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * The time since something last came on an open connection, and the moment when that has been too long.
 *
 * <p>Engines watch their connections themselves; this is for one that tells no end. Confined to one thread at a time by its
 * owner.
 */
final class Silence {

    /** Above the 10 seconds after which an engine is to give up. */
    static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(15);

    private boolean watching;
    private long heardAt;

    /** Something came, or a connection has begun. */
    void heard(long nowNanos) {
        watching = true;
        heardAt = nowNanos;
    }

    /** There is no connection to be silent. */
    void stop() {
        watching = false;
    }

    /** How long nothing has come; 0 without a connection. */
    long lastsNanos(long nowNanos) {
        return watching ? nowNanos - heardAt : 0;
    }

    /** When it is too long; absent without a connection. */
    OptionalLong deadlineNanos() {
        return watching ? OptionalLong.of(heardAt + MAX_NANOS) : OptionalLong.empty();
    }
}
