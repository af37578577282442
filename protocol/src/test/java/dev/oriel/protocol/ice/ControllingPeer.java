package dev.oriel.protocol.ice;

import dev.oriel.api.media.Bytes;
import dev.oriel.protocol.stun.StunMessage;
import dev.oriel.protocol.stun.StunType;
import dev.oriel.protocol.stun.StunWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A browser's side of ICE as tests need it: checks every pair each 100 ms, and chooses the pair it is told to, or the first. */
final class ControllingPeer {

    final List<IceAction.Send> out = new ArrayList<>();
    Optional<Path> chosen = Optional.empty();
    boolean silent;

    private final IceCredentials own;
    private final IceCredentials other;
    private final List<Path> pairs;
    private final Random random;
    private final Map<Bytes, Path> asked = new HashMap<>();

    /** @param pairs seen from this side */
    ControllingPeer(IceCredentials own, IceCredentials other, List<Path> pairs, Random random) {
        this.own = own;
        this.other = other;
        this.pairs = pairs;
        this.random = random;
    }

    void tick() {
        if (silent) {
            return;
        }
        for (Path pair : pairs) {
            byte[] id = new byte[12];
            random.nextBytes(id);
            StunWriter request = new StunWriter(StunType.REQUEST, Bytes.copyOf(id))
                    .username(other.fragment() + ":" + own.fragment())
                    .priority(1)
                    .controlling(7);
            if (chosen.filter(pair::equals).isPresent()) {
                request.useCandidate();
            }
            asked.put(Bytes.copyOf(id), pair);
            out.add(new IceAction.Send(pair, request.signedWith(other.password())));
        }
    }

    void receive(Path path, StunMessage message) {
        if (silent) {
            return;
        }
        if (message.type() == StunType.REQUEST) {
            if (message.username().equals(Optional.of(own.fragment() + ":" + other.fragment()))
                    && message.isSignedWith(own.password())) {
                out.add(new IceAction.Send(
                        path,
                        new StunWriter(StunType.SUCCESS, message.transactionId())
                                .mappedAddress(path.remote())
                                .signedWith(own.password())));
            }
        } else if (message.type() == StunType.SUCCESS && message.isSignedWith(other.password())) {
            Path answered = asked.get(message.transactionId());
            if (chosen.isEmpty() && answered != null) {
                chosen = Optional.of(answered);
            }
        }
    }
}
