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

/** A browser's side of ICE as tests need it: checks every pair each time it ticks, and chooses the pair it is told to, or the first. */
final class ControllingPeer {

    /** When checks say USE-CANDIDATE. */
    enum Choosing {
        /** Each check of the chosen pair, as libwebrtc's do. */
        ALWAYS,
        /** One check of the chosen pair, repeated until it is answered, as RFC 8445 has it. */
        ONCE,
        /** Every check of every pair, as RFC 5245 allowed. */
        AGGRESSIVE,
        /** None: this one speaks ICE-lite and checks nothing. */
        LITE
    }

    final List<IceAction.Send> out = new ArrayList<>();
    final List<Path> pairs;
    Optional<Path> chosen = Optional.empty();
    Choosing choosing = Choosing.ALWAYS;
    boolean silent;

    /** At first it takes itself for the controlled side. */
    boolean confused;

    private IceCredentials own;
    private IceCredentials other;
    private final Random random;
    private final Map<Bytes, Path> asked = new HashMap<>();
    private Optional<Bytes> choice = Optional.empty();
    private boolean choiceAnswered;

    /** @param pairs seen from this side */
    ControllingPeer(IceCredentials own, IceCredentials other, List<Path> pairs, Random random) {
        this.own = own;
        this.other = other;
        this.pairs = new ArrayList<>(pairs);
        this.random = random;
    }

    void choose(Path pair) {
        chosen = Optional.of(pair);
        choice = Optional.empty();
        choiceAnswered = false;
    }

    void restart(IceCredentials newOwn, IceCredentials newOther) {
        own = newOwn;
        other = newOther;
        asked.clear();
        chosen = Optional.empty();
        choice = Optional.empty();
        choiceAnswered = false;
    }

    void tick() {
        if (silent || choosing == Choosing.LITE) {
            return;
        }
        for (Path pair : pairs) {
            boolean once =
                    choosing == Choosing.ONCE && chosen.filter(pair::equals).isPresent() && !choiceAnswered;
            byte[] fresh = new byte[12];
            random.nextBytes(fresh);
            Bytes id = once && choice.isPresent() ? choice.get() : Bytes.copyOf(fresh);
            StunWriter request = new StunWriter(StunType.REQUEST, id)
                    .username(other.fragment() + ":" + own.fragment())
                    .priority(1);
            if (confused) {
                request.controlled(7);
            } else {
                request.controlling(7);
                if (once) {
                    choice = Optional.of(id);
                }
                if (once
                        || choosing == Choosing.AGGRESSIVE
                        || choosing == Choosing.ALWAYS
                                && chosen.filter(pair::equals).isPresent()) {
                    request.useCandidate();
                }
            }
            asked.put(id, pair);
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
                if (choosing == Choosing.LITE && message.usesCandidate()) {
                    chosen = Optional.of(path);
                }
                out.add(new IceAction.Send(
                        path,
                        new StunWriter(StunType.SUCCESS, message.transactionId())
                                .mappedAddress(path.remote())
                                .signedWith(own.password())));
            }
        } else if (message.isSignedWith(other.password())) {
            Path answered = asked.get(message.transactionId());
            if (message.type() == StunType.ERROR) {
                confused = false;
            } else if (chosen.isEmpty() && answered != null && !confused) {
                chosen = Optional.of(answered);
            }
            choiceAnswered |= choice.filter(message.transactionId()::equals).isPresent();
        }
    }
}
