package dev.oriel.protocol.ice;

import dev.oriel.protocol.stun.StunMessage;
import dev.oriel.protocol.stun.StunType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

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

    private final Map<String, S> byFragment = new HashMap<>();
    private final Map<Integer, S> byTag = new HashMap<>();
    private final Map<Path, S> byPath = new HashMap<>();

    /** Makes a session known by its own fragment and its agent's tag. */
    public void add(String fragment, int tag, S session) {
        byFragment.put(fragment, session);
        byTag.put(tag, session);
    }

    /** Makes a session known by a path that a signed message came over. */
    public void learn(Path path, S session) {
        byPath.put(path, session);
    }

    /** Whether a tag is taken. */
    public boolean hasTag(int tag) {
        return byTag.containsKey(tag);
    }

    /** Forgets a fragment that has been replaced. */
    public void forgetFragment(String fragment) {
        byFragment.remove(fragment);
    }

    /** Forgets everything about a session. */
    public void forget(S session) {
        byFragment.values().removeIf(session::equals);
        byTag.values().removeIf(session::equals);
        byPath.values().removeIf(session::equals);
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
