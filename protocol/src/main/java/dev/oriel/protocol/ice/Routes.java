package dev.oriel.protocol.ice;

import dev.oriel.protocol.stun.StunMessage;
import dev.oriel.protocol.stun.StunType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which session a datagram on the shared port belongs to.
 *
 * <p>STUN requests are told apart by the own fragment in their USERNAME, STUN responses by the {@linkplain IceAgent#tag() tag}
 * in their transaction id, everything else by the path. A path is learned only from a message that was signed, so no offer can
 * claim the address of somebody else's viewer. Confined to one thread.
 *
 * @param <S> the session
 */
public final class Routes<S> {

    /** The most paths one session has; those beyond push out the one not heard of for longest. */
    static final int MAX_PATHS = 16;

    private final Map<String, S> byFragment = new HashMap<>();
    private final Map<Integer, S> byTag = new HashMap<>();
    private final Map<Path, S> byPath = new HashMap<>();
    private final Map<S, Entries> entries = new HashMap<>();

    /** What is known of one session, so that forgetting it costs no search. */
    private static final class Entries {
        final Set<String> fragments = new HashSet<>();
        final Set<Integer> tags = new HashSet<>();
        /** The one heard of last is last. */
        final Set<Path> paths = new LinkedHashSet<>();
    }

    /** Makes a session known by its own fragment and its agent's tag. */
    public void add(String fragment, int tag, S session) {
        byFragment.put(fragment, session);
        byTag.put(tag, session);
        Entries own = entries.computeIfAbsent(session, s -> new Entries());
        own.fragments.add(fragment);
        own.tags.add(tag);
    }

    /**
     * Makes a session known by a path that a signed message came over; nothing happens if the session is not known.
     *
     * @return a path that is forgotten instead
     */
    public Optional<Path> learn(Path path, S session) {
        Entries own = entries.get(session);
        if (own == null) {
            return Optional.empty();
        }
        S before = byPath.put(path, session);
        if (before != null && !before.equals(session)) {
            Optional.ofNullable(entries.get(before)).ifPresent(e -> e.paths.remove(path));
        }
        own.paths.remove(path);
        own.paths.add(path);
        if (own.paths.size() <= MAX_PATHS) {
            return Optional.empty();
        }
        Path oldest = own.paths.iterator().next();
        forget(oldest);
        return Optional.of(oldest);
    }

    /** Forgets a fragment that has been replaced. */
    public void forgetFragment(String fragment) {
        S session = byFragment.remove(fragment);
        Optional.ofNullable(session == null ? null : entries.get(session)).ifPresent(e -> e.fragments.remove(fragment));
    }

    /** Forgets a path that is no more. */
    public void forget(Path path) {
        S session = byPath.remove(path);
        Optional.ofNullable(session == null ? null : entries.get(session)).ifPresent(e -> e.paths.remove(path));
    }

    /**
     * Forgets everything about a session.
     *
     * @return the paths it had
     */
    public List<Path> forgetSession(S session) {
        Entries own = entries.remove(session);
        if (own == null) {
            return List.of();
        }
        own.fragments.forEach(fragment -> byFragment.remove(fragment, session));
        own.tags.forEach(tag -> byTag.remove(tag, session));
        own.paths.forEach(path -> byPath.remove(path, session));
        return List.copyOf(own.paths);
    }

    /** The session a STUN message is for. */
    public Optional<S> of(StunMessage message) {
        if (message.type() == StunType.REQUEST || message.type() == StunType.INDICATION) {
            return message.username().map(name -> byFragment.get(name.split(":", 2)[0]));
        }
        return Optional.ofNullable(byTag.get(IceAgent.tagOf(message.transactionId())));
    }

    /** The session that uses a path. */
    public Optional<S> of(Path path) {
        return Optional.ofNullable(byPath.get(path));
    }
}
