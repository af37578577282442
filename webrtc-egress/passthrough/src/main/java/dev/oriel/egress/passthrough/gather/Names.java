package dev.oriel.egress.passthrough.gather;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What names stand for, as they were looked up last: nobody waits for an answer but the thread that {@linkplain #refresh asks}.
 * Safe on any thread.
 */
final class Names {

    /** Where an address at home changes, its name follows within minutes. */
    private static final long MAX_AGE_NANOS = 180_000_000_000L;

    private static final long RETRY_NANOS = 30_000_000_000L;
    private static final int MAX_ADDRESSES = 4;

    private record Known(List<InetAddress> addresses, boolean found, long askAgainNanos) {}

    private final Map<String, Known> known = new ConcurrentHashMap<>();

    /** Its addresses; none while they are not known. What is an address already stands for itself. */
    List<InetAddress> of(HostPort host) {
        Optional<InetAddress> address = host.address();
        if (address.isPresent()) {
            return List.of(address.get());
        }
        Known answer = known.get(host.host());
        return answer == null ? List.of() : answer.addresses();
    }

    /** Whether it was looked up in vain the last time. */
    boolean isUnknown(HostPort host) {
        Known answer = known.get(host.host());
        return answer != null && !answer.found();
    }

    /** Looks up those that are due; blocks. An answer that is old is kept until there is another. */
    void refresh(long nowNanos, Collection<HostPort> hosts) {
        for (HostPort host : hosts) {
            Known before = known.get(host.host());
            if (host.address().isEmpty() && (before == null || nowNanos - before.askAgainNanos() >= 0)) {
                known.put(host.host(), ask(nowNanos, host));
            }
        }
    }

    private Known ask(long nowNanos, HostPort host) {
        try {
            List<InetAddress> found = List.of(InetAddress.getAllByName(host.host())).stream()
                    .limit(MAX_ADDRESSES)
                    .toList();
            return new Known(found, true, nowNanos + MAX_AGE_NANOS);
        } catch (UnknownHostException e) {
            return new Known(of(host), false, nowNanos + RETRY_NANOS);
        }
    }
}
